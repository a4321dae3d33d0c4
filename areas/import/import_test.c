#include "unit/test.h"

#include "base/files.h"
#include "html/msg.h"
#include "import/import.h"
#include "import/import_messages.h"
#include "import/made_docx.h"

static struct import_result import_as(const char *path, const char *name)
{
    struct import_options options = {0};
    struct import_result result;

    if (getenv("BANTIN_CONVERT") == NULL)
        SKIP("BANTIN_CONVERT names no helper");
    assert_ok(import_file(t, &options, path, str_of(name), &result));
    return result;
}

static struct import_result import_body(struct str body, struct str styles)
{
    struct import_result result = import_as(made_docx(t, body, styles), "bai-viet.docx");

    assert_string_equal(import_problem_name(result.problem), "fine");
    return result;
}

static struct import_result import_text(const char *text)
{
    struct import_result result = import_as(made_file(t, "bai.txt", str_of(text)), "bai.txt");

    assert_string_equal(import_problem_name(result.problem), "fine");
    return result;
}

static size_t noted(const struct import_result *result, enum import_note_kind kind)
{
    for (size_t i = 0; i < result->note_count; i++)
        if (result->notes[i].kind == kind)
            return result->notes[i].count;
    return 0;
}

#define LONG_TEXT                                                                                                                                          \
    "Sáng nay, đơn vị tổ chức hội nghị sơ kết công tác sáu tháng đầu năm với sự tham gia của đông đủ cán bộ, nhân " \
    "viên "                                                                                                                                               \
    "và đại biểu mời. Hội nghị nghe báo cáo, thảo luận và thống nhất phương hướng."

static struct str paragraph(const char *properties, const char *run, const char *text)
{
    return made_paragraph(t, properties, run, text);
}

static struct str together(const struct str *parts, size_t n)
{
    return str_join(t, parts, n, S(""));
}

static struct str json_of(const struct import_result *result)
{
    return body_to_json(t, result->doc);
}

/* --- the head ---------------------------------------------------------------------------------------------------- */

TEST(a_bold_centred_line_is_the_title_and_what_follows_is_standfirst_and_author)
{
    struct str parts[] = {
        paragraph("<w:jc w:val=\"center\"/>", "<w:b/>", "Hội nghị sơ kết"),
        paragraph("<w:jc w:val=\"center\"/>", "<w:b/>", "sáu tháng đầu năm"),
        paragraph("", "<w:i/>", "Sau nửa năm, nhiều việc khó đã làm xong, song còn không ít việc phải làm tiếp."),
        paragraph("", "", LONG_TEXT),
        paragraph("", "", LONG_TEXT),
        paragraph("<w:jc w:val=\"right\"/>", "<w:b/>", "ThS. Nguyễn Thị Hoa"),
        paragraph("<w:jc w:val=\"right\"/>", "<w:i/>", "(Phòng Tổ chức)"),
    };
    struct import_result result = import_body(together(parts, countof(parts)), S(""));

    assert_true(result.title_is_sure);
    assert_text(result.title, "Hội nghị sơ kết sáu tháng đầu năm");
    assert_text(result.standfirst, "Sau nửa năm, nhiều việc khó đã làm xong, song còn không ít việc phải làm tiếp.");
    assert_int_equal(result.author_count, 1);
    assert_text(result.authors[0].title, "ThS");
    assert_text(result.authors[0].name, "Nguyễn Thị Hoa");
    assert_text(result.authors[0].role, "Phòng Tổ chức");
    assert_false(str_contains(json_of(&result), S("Hoa")));
}

TEST(without_a_plain_title_the_name_of_the_file_is_proposed)
{
    struct str parts[] = {paragraph("", "", LONG_TEXT), paragraph("", "", LONG_TEXT)};
    struct import_result result = import_body(together(parts, countof(parts)), S(""));

    assert_false(result.title_is_sure);
    assert_text(result.title, "bai viet");
}

TEST(two_authors_on_a_line_are_two)
{
    struct str parts[] = {paragraph("<w:jc w:val=\"center\"/>", "<w:b/>", "Một mùa gặt mới"),
                          paragraph("", "", LONG_TEXT),
                          paragraph("<w:jc w:val=\"right\"/>", "<w:b/>", "Trần Văn Nam - Lê Thu Hà")};
    struct import_result result = import_body(together(parts, countof(parts)), S(""));

    assert_int_equal(result.author_count, 2);
    assert_text(result.authors[0].name, "Trần Văn Nam");
    assert_text(result.authors[1].name, "Lê Thu Hà");
}

/* --- text and fonts ---------------------------------------------------------------------------------------------- */

TEST(an_old_font_is_known_from_a_style_it_inherits)
{
    struct str styles = S("<w:style w:type=\"paragraph\" w:styleId=\"Cu\"><w:name w:val=\"Cu\"/><w:rPr><w:rFonts "
                          "w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr></w:style><w:style w:type=\"paragraph\" "
                          "w:styleId=\"Con\"><w:name w:val=\"Con\"/><w:basedOn w:val=\"Cu\"/></w:style>");
    struct str parts[] = {
        paragraph("<w:pStyle w:val=\"Con\"/>", "", "vi\u00d5t b\u00b5i, g\u00f6i b\u00b8o"),
        paragraph("<w:pStyle w:val=\"Con\"/>", "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\"/>", "cà phê")};
    struct import_result result = import_body(together(parts, countof(parts)), styles);

    assert_true(str_contains(json_of(&result), S("viết bài, gửi báo")));
    assert_true(str_contains(json_of(&result), S("cà phê")));
    assert_int_equal(noted(&result, IMPORT_OLD_FONT), 1);
}

TEST(a_letter_of_vni_that_two_runs_share_is_whole)
{
    static const char font[] = "<w:rFonts w:ascii=\"VNI-Times\" w:hAnsi=\"VNI-Times\"/>";
    struct str body = str_format(t,
                                 "<w:p><w:r><w:rPr>%s</w:rPr><w:t>baùo ca</w:t></w:r><w:r><w:rPr>%s</w:rPr><w:t>ùo vie"
                                 "</w:t></w:r><w:r><w:rPr>%s</w:rPr><w:t>\u00e4t</w:t></w:r></w:p>",
                                 font, font, font);
    struct import_result result = import_body(body, S(""));

    assert_true(str_contains(json_of(&result), S("báo cáo việt")));
}

TEST(a_text_box_is_lifted_once_behind_its_paragraph)
{
    struct str box = paragraph("", "", "Chữ trong khung");
    struct str body = str_format(t,
                                 "<w:p><w:r><w:t>Đoạn trước khung.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice "
                                 "Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>%.*s</w:txbxContent></wps:txbx>"
                                 "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>%.*s"
                                 "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
                                 "<w:p><w:r><w:t>Đoạn sau khung.</w:t></w:r></w:p>",
                                 STR_ARG(box), STR_ARG(box));
    struct import_result result = import_body(body, S(""));
    struct str text = body_to_text(t, result.doc);

    assert_text(str_trim(text), "Đoạn trước khung.\nChữ trong khung\nĐoạn sau khung.");
    assert_int_equal(noted(&result, IMPORT_TEXT_BOXES), 1);
    assert_int_equal(noted(&result, IMPORT_TEXT_BOX_COPIES), 1);
}

TEST(tables_keep_their_merged_cells)
{
    struct import_result result =
        import_body(S("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan "
                      "w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>Chung</w:t></w:r></w:p></w:tc></w:tr>"
                      "<w:tr><w:tc><w:p><w:r><w:t>Trái</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Phải</w:t></w:r></"
                      "w:p></w:tc></w:tr>"
                      "</w:tbl>"),
                    S(""));

    assert_true(str_contains(json_of(&result), S("\"colspan\":2")));
}

TEST(dashes_become_lists_and_pluses_lists_within)
{
    struct str parts[] = {paragraph("", "", "- Việc thứ nhất;"), paragraph("", "", "+ Phần một;"),
                          paragraph("", "", "+ Phần hai;"), paragraph("", "", "- Việc thứ hai.")};
    struct import_result result = import_body(together(parts, countof(parts)), S(""));
    struct body_node *list = result.doc->first;

    assert_int_equal(list->kind, BODY_BULLETS);
    assert_null(list->next);
    assert_int_equal(list->first->last->kind, BODY_BULLETS);
    assert_int_equal(noted(&result, IMPORT_BULLETS), 4);
}

/* --- pictures ---------------------------------------------------------------------------------------------------- */

/* One grey point. */
static const char point[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9c"
                            "c\xa8\7\0\0\x82\0\x81"
                            "\xdd"
                            "C\x6a\xfc\0\0\0\0IEND\xae"
                            "B`\x82";

#define DRAWING                                                                                                        \
    "<w:p><w:r><w:t>Trước.</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx=\"9525\" cy=\"9525\"/>"              \
    "<wp:docPr id=\"1\" name=\"x\" descr=\"một chấm xám\"/><a:graphic><a:graphicData "                            \
    "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:blipFill><a:blip "                 \
    "r:embed=\"rImg\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"

TEST(a_picture_becomes_a_figure_with_caption_and_credit)
{
    struct str parts[] = {S(DRAWING),
                          paragraph("<w:jc w:val=\"center\"/>", "<w:i/>", "Một chấm nhìn từ xa. Ảnh: Minh Tâm"),
                          paragraph("", "", LONG_TEXT)};
    struct import_result result = import_as(
        made_docx_with_picture(t, together(parts, countof(parts)), "image1.png", (struct str){point, sizeof point - 1}),
        "a.docx");
    const struct body_node *figure = NULL;

    assert_string_equal(import_problem_name(result.problem), "fine");
    for (const struct body_node *n = result.doc; n != NULL; n = body_walk(result.doc, n))
        if (n->kind == BODY_FIGURE)
            figure = n;
    assert_non_null(figure);
    assert_int_equal(result.media_count, 1);
    assert_str(figure->media, result.media[0].hash);
    assert_true(file_exists(result.media[0].path));
    assert_text(figure->credit, "Minh Tâm");
    assert_true(str_contains(json_of(&result), S("Một chấm nhìn từ xa.")));
    assert_true(str_contains(json_of(&result), S("Trước.")));
}

TEST(a_picture_that_no_browser_shows_is_counted)
{
    struct str parts[] = {S(DRAWING), paragraph("", "", LONG_TEXT)};
    struct import_result result =
        import_as(made_docx_with_picture(t, together(parts, countof(parts)), "image1.wmf", S("wmf")), "a.docx");

    assert_string_equal(import_problem_name(result.problem), "fine");
    assert_int_equal(result.media_count, 0);
    assert_true(noted(&result, IMPORT_PICTURES_SKIPPED) > 0);
}

TEST(a_picture_inside_a_page_comes_along_and_one_elsewhere_is_not_fetched)
{
    struct import_result result =
        import_as(made_file(t, "a.html",
                            S("<!DOCTYPE html><p>Chữ</p><img alt=x "
                              "src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAAB"
                              "AAEAAAIBRAA7\"><img src=\"http://127.0.0.1:9/a.png\">")),
                  "a.html");

    assert_string_equal(import_problem_name(result.problem), "fine");
    assert_int_equal(result.media_count, 1);
    assert_int_equal(noted(&result, IMPORT_PICTURES_SKIPPED), 1);
}

/* --- plain text -------------------------------------------------------------------------------------------------- */

static const char wrapped[] = "MÙA XUÂN TRÊN\nNHỮNG CÔNG TRƯỜNG\n\n"
                              "Những ngày đầu năm, trên các công trường của tỉnh, không khí lao\n"
                              "động đã rộn ràng từ sáng sớm. Công nhân, kỹ sư chia ca làm việc để\n"
                              "kịp tiến độ bàn giao trước mùa mưa bão năm nay.\n"
                              "Tại công trường cầu Bến Mới, ba mũi thi công làm suốt ngày đêm; mỗi\n"
                              "mũi có hai tổ thay nhau, bữa cơm ca được đưa ra tận nơi.\n\n"
                              "I. NHỮNG VIỆC ĐÃ LÀM\n"
                              "- Hoàn thành mố cầu phía bờ bắc trước hạn mười ngày, được chủ đầu tư\n"
                              "đánh giá cao về chất lượng.\n"
                              "- Thông tuyến đường công vụ.\n";

TEST(hard_wrapped_lines_are_joined_into_paragraphs)
{
    struct import_result result = import_text(wrapped);

    assert_true(result.title_is_sure);
    assert_text(result.title, "MÙA XUÂN TRÊN NHỮNG CÔNG TRƯỜNG");
    assert_text(
        str_trim(body_to_text(t, result.doc)),
        "Những ngày đầu năm, trên các công trường của tỉnh, không khí lao động đã rộn ràng từ sáng sớm. Công nhân, "
        "kỹ sư chia ca làm việc để kịp tiến độ bàn giao trước mùa mưa bão năm nay.\n"
        "Tại công trường cầu Bến Mới, ba mũi thi công làm suốt ngày đêm; mỗi mũi có hai tổ thay nhau, bữa cơm ca "
        "được đưa ra tận nơi.\n"
        "I. NHỮNG VIỆC ĐÃ LÀM\n"
        "•\tHoàn thành mố cầu phía bờ bắc trước hạn mười ngày, được chủ đầu tư đánh giá cao về chất lượng.\n"
        "•\tThông tuyến đường công vụ.");
    assert_int_equal(result.doc->first->next->next->kind, BODY_HEADING);
}

TEST(the_same_text_in_utf_16_is_the_same)
{
    struct buf b = buf_in(t);
    struct str text = str_of(wrapped);

    buf_add(&b, S("\xff\xfe"));
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next_code(text, &at);
        buf_add_char(&b, (char)c);
        buf_add_char(&b, (char)(c >> 8));
    }
    struct import_result wide = import_as(made_file(t, "a.txt", buf_str(&b)), "a.txt");
    struct import_result plain = import_text(wrapped);
    assert_str(json_of(&wide), json_of(&plain));
}

TEST(tcvn3_without_a_word_about_it_is_told_by_its_syllables)
{
    /* "Việt Nam đất nước ta ơi, mênh mông biển lúa đâu trời đẹp hơn" */
    struct import_result result = import_text("Vi\xd6"
                                              "t Nam \xae\xca"
                                              "t n\xad\xed"
                                              "c ta \xac"
                                              "i, m\xaa"
                                              "nh m\xab"
                                              "ng bi\xd3"
                                              "n l\xf3"
                                              "a \xae\xa9"
                                              "u tr\xea"
                                              "i "
                                              "\xae\xd1"
                                              "p h\xac"
                                              "n.\n");

    assert_true(str_contains(json_of(&result), S("mênh mông biển lúa đâu trời")));
    assert_int_equal(noted(&result, IMPORT_CODE_GUESSED), 1);
}

TEST(a_web_page_comes_without_its_scripts)
{
    struct import_result result = import_as(
        made_file(t, "a.html",
                  S("<!DOCTYPE html><html><body><h1>Tin vui</h1><script>alert(1)</script><p>Hàng xóm <b>cười</b>."
                    "</p></body></html>")),
        "a.html");

    assert_text(result.title, "Tin vui");
    assert_true(result.title_is_sure);
    assert_true(str_contains(json_of(&result), S("cười")));
    assert_false(str_contains(json_of(&result), S("alert")));
}

/* --- messages ---------------------------------------------------------------------------------------------------- */

TEST(every_problem_and_every_note_has_its_sentence)
{
    for (int problem = IMPORT_BROKEN; problem <= IMPORT_NO_SANDBOX; problem++)
        assert_true(msg(LANG_VI, import_problem_message((enum import_problem)problem)).len > 10);
    for (int kind = 0; kind < IMPORT_NOTE_KINDS; kind++)
        assert_true(msg(LANG_VI, import_note_message((enum import_note_kind)kind)).len > 10);
}
