#include "press/sample_issue.h"
#include <cairo.h>
#include "base/files.h"

static const char *const syllables[] = {
    "sáng", "làng",  "đường", "mưa",    "trường", "cánh", "đồng", "người", "việc", "chung", "họp",
    "bàn",  "kế",    "hoạch", "quý",    "tới",    "nước", "sạch", "vườn",  "rừng", "thôn",  "bản",
    "phụ",  "trách", "tự",    "nguyện", "góp",    "ý",    "xây",  "dựng",  "nếp",  "sống",  "khuyến",
    "học",  "thư",   "viện",  "chợ",    "quê",    "giúp", "nhau", "cùng",  "nhà",
};

struct str sample_prose(struct arena *a, unsigned seed, int words)
{
    struct buf b = buf_in(a);
    bool starts = true;

    for (int i = 0; i < words; i++) {
        seed = seed * 1664525u + 1013904223u;
        const char *word = syllables[seed / 65536 % countof(syllables)];
        bool ends = i == words - 1 || i % 17 == 16;
        if (starts && (unsigned char)word[0] < 0x80)
            buf_add_format(&b, "%c%s", word[0] - 32, word + 1);
        else
            buf_add_z(&b, word);
        buf_add_z(&b, ends ? ". " : i % 7 == 6 ? ", " : " ");
        starts = ends;
    }
    return str_trim(buf_str(&b));
}

struct body_node *sample_paragraph(struct arena *a, struct body_node *parent, struct str text)
{
    struct body_node *n = body_add(parent, body_new(a, BODY_PARAGRAPH));

    body_add_text(a, n, text, 0, STR_NONE);
    return n;
}

void sample_note(struct arena *a, struct body_node *paragraph, struct str text)
{
    body_add_text(a, body_add(paragraph, body_new(a, BODY_NOTE)), text, 0, STR_NONE);
}

struct body_node *sample_table(struct arena *a, struct body_node *parent, int rows, int columns)
{
    struct body_node *table = body_add(parent, body_new(a, BODY_TABLE));

    for (int r = 0; r < rows; r++) {
        struct body_node *row = body_add(table, body_new(a, BODY_ROW));
        for (int k = 0; k < columns; k++) {
            struct body_node *cell = body_add(row, body_new(a, BODY_CELL));
            cell->header = r == 0;
            cell->colspan = cell->rowspan = 1;
            sample_paragraph(a, cell, r == 0 ? str_format(a, "Cột%d", k + 1) : str_format(a, "hàng%dcột%d", r, k + 1));
        }
    }
    return table;
}

struct body_node *sample_figure(struct arena *a, struct body_node *parent, struct str media)
{
    struct body_node *figure = body_add(parent, body_new(a, BODY_FIGURE));

    figure->media = media;
    figure->credit = S("Hồng Minh");
    body_add_text(a, figure, S("Con đường mới của thôn trước ngày khánh thành."), 0, STR_NONE);
    return figure;
}

static void add_heading(struct arena *a, struct body_node *doc, struct str text)
{
    struct body_node *n = body_add(doc, body_new(a, BODY_HEADING));

    n->level = 2;
    body_add_text(a, n, text, 0, STR_NONE);
}

static void add_rich_blocks(struct arena *a, struct body_node *doc, unsigned seed)
{
    struct body_node *list = body_add(doc, body_new(a, seed % 2 ? BODY_NUMBERS : BODY_BULLETS));
    struct body_node *box, *paragraph;

    list->start = 1;
    for (int i = 0; i < 3; i++)
        sample_paragraph(a, body_add(list, body_new(a, BODY_ITEM)), sample_prose(a, seed + (unsigned)i, 14));
    sample_figure(a, doc, str_format(a, "%s%u", seed % 2 ? "jpeg" : "png", seed));
    paragraph = sample_paragraph(a, doc, sample_prose(a, seed + 5, 60));
    sample_note(a, paragraph, S("Số liệu của ban quản lý thôn, tính đến hết tháng trước."));
    body_add_text(a, paragraph, S(" Xem thêm "), 0, STR_NONE);
    body_add_text(a, paragraph, S("bài trước"), MARK_LINK, S("/bai/bai-truoc"));
    box = body_add(doc, body_new(a, BODY_BOX));
    sample_paragraph(a, box, sample_prose(a, seed + 7, 30));
    sample_table(a, doc, 5, 3);
    sample_paragraph(a, body_add(doc, body_new(a, BODY_QUOTE)), sample_prose(a, seed + 8, 20));
}

static struct body_node *make_body(struct arena *a, unsigned seed, int words)
{
    struct body_node *doc = body_new(a, BODY_DOC);

    for (int done = 0; done < words; done += 70) {
        if (done % 280 == 210)
            add_heading(a, doc, sample_prose(a, seed + 99 + (unsigned)done, 5));
        sample_paragraph(a, doc, sample_prose(a, seed + (unsigned)done, words - done < 70 ? words - done : 70));
        if (done == 140 && seed % 3 == 0)
            add_rich_blocks(a, doc, seed);
    }
    return doc;
}

static const char *pictures = NULL;

static enum err find_picture(void *context, struct arena *a, struct str hash, struct press_picture *picture)
{
    bool jpeg = str_starts(hash, S("jpeg"));

    (void)context;
    if (pictures == NULL || (!jpeg && !str_starts(hash, S("png"))))
        return E_NOT_FOUND;
    *picture = (struct press_picture){.path = str_z(a, str_format(a, "%s/sample.%s", pictures, jpeg ? "jpg" : "png")),
                                      .width = jpeg ? 16 : 120,
                                      .height = jpeg                            ? 16
                                                : str_contains(hash, S("high")) ? 8000
                                                                                : 80,
                                      .mime = jpeg ? S("image/jpeg") : S("image/png")};
    return OK;
}

static struct press_issue *frame(struct arena *a)
{
    static const struct press_line imprint[] = {{S("Chịu trách nhiệm nội dung"), S("Lê Thị Hạnh")},
                                                {S("Giấy phép"), S("số 7/GP-BT, 200 bản")}};
    struct press_issue *issue = NEW(a, struct press_issue);

    *issue = (struct press_issue){
        .publication = S("Bản tin Làng Mới"),
        .organisation = S("Hội Khuyến học xã Sông Xanh"),
        .motto = S("Ra hằng tháng"),
        .number = 4,
        .year = 2026,
        .label = S("Số 4/2026"),
        .date_text = S("Tháng 4/2026"),
        .date = 1775001600,
        .accent = S("#9b1c21"),
        .imprint = imprint,
        .n_imprint = countof(imprint),
        .hash = S("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"),
        .lang = S("vi"),
        .base_url = S("https://lang.example.vn"),
        .words = {.contents = S("Trong số này"),
                  .questions = S("Câu hỏi thảo luận"),
                  .read_aloud = S("Đọc tại buổi sinh hoạt"),
                  .photo = S("Ảnh:"),
                  .notes = S("Chú thích"),
                  .note = S("Chú thích"),
                  .back = S("Về chỗ chú thích"),
                  .table = S("Bảng"),
                  .cover = S("Bìa"),
                  .imprint = S("Thông tin xuất bản"),
                  .sound = S("Nghe:"),
                  .video = S("Xem:"),
                  .missing = S("Thiếu ảnh"),
                  .hash = S("Mã nội dung")},
        .media = {find_picture, NULL},
    };
    return issue;
}

struct press_issue *sample_issue_of(struct arena *a, struct body_node *doc)
{
    struct press_issue *issue = frame(a);
    struct press_section *section = NEW(a, struct press_section);
    struct press_item *item = NEW(a, struct press_item);

    *item = (struct press_item){.title = S("Chuyện một bài"), .body = doc};
    *section = (struct press_section){S("Chuyện làng"), item, 1};
    issue->sections = section;
    issue->n_sections = 1;
    return issue;
}

struct press_issue *sample_issue(struct arena *a, int n_sections, int n_items, int words)
{
    static const struct str questions[] = {S("Thôn ta nên bắt đầu từ việc nào?"),
                                           S("Ai nhận phần việc ấy, đến bao giờ xong?")};
    struct press_issue *issue = frame(a);
    struct press_section *sections = NEW_ARRAY(a, struct press_section, (size_t)n_sections + 1);

    for (int i = 0; i < n_sections; i++) {
        struct press_item *items = NEW_ARRAY(a, struct press_item, (size_t)n_items + 1);
        for (int k = 0; k < n_items; k++) {
            unsigned seed = (unsigned)(i * n_items + k) * 3571;
            items[k] =
                (struct press_item){.title = str_format(a, "Bài thứ %d của mục %d: việc chung của thôn", k + 1, i + 1),
                                    .standfirst = sample_prose(a, seed + 1, 24),
                                    .authors = S("Nguyễn Thị Mận"),
                                    .unit = S("Chi hội 3"),
                                    .read_aloud = i == 0 && k == 0,
                                    .questions = questions,
                                    .n_questions = k == 0 ? 2 : 0,
                                    .body = make_body(a, seed, words),
                                    .permalink = str_format(a, "/bai/%d-%d", i + 1, k + 1)};
        }
        sections[i] = (struct press_section){str_format(a, "Chuyên mục %d", i + 1), items, (size_t)n_items};
    }
    issue->sections = sections;
    issue->n_sections = (size_t)n_sections;
    issue->editorial_title = S("Cùng bạn đọc");
    struct body_node *editorial = body_new(a, BODY_DOC);
    sample_paragraph(a, editorial, sample_prose(a, 42, 60));
    issue->editorial = editorial;
    return issue;
}

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig hides the pointers to its patterns as offsets: what it keeps for the whole run looks lost. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif

/* --- pictures ----------------------------------------------------------------------------------------------------- */

void sample_pictures(struct arena *a, const char *folder)
{
    /* A grey JPEG of 16 × 16, as libjpeg writes it. */
    static const unsigned char jpeg[] = {
#include "press/sample_jpeg.inc"
    };
    cairo_surface_t *png = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 120, 80);

    IGNORE(folder_make(folder)); /* writing into it tells */
    cairo_t *cr = cairo_create(png);
    cairo_set_source_rgb(cr, 0.3, 0.5, 0.4);
    cairo_paint(cr);
    cairo_destroy(cr);
    if (cairo_surface_write_to_png(png, str_z(a, str_format(a, "%s/sample.png", folder))) != CAIRO_STATUS_SUCCESS ||
        file_write(str_z(a, str_format(a, "%s/sample.jpg", folder)), (struct str){(const char *)jpeg, sizeof jpeg}) !=
            OK)
        abort();
    cairo_surface_destroy(png);
    pictures = str_z(a, str_of(folder));
}
