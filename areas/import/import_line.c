#include "import/import_parts.h"

bool import_is_capitals(struct arena *a, struct str line)
{
    return str_equal(text_upper(a, line), line) && !str_equal(text_lower(a, line), line);
}

static struct str first_letter(struct str line)
{
    size_t at = 0;

    if (line.len == 0)
        return S("");
    str_next_code(line, &at);
    return str_sub(line, 0, at);
}

bool import_starts_small(struct arena *a, struct str line)
{
    struct str letter = first_letter(line);

    return !str_equal(text_upper(a, letter), letter);
}

bool import_starts_capital(struct arena *a, struct str line)
{
    struct str letter = first_letter(line);

    return !str_equal(text_lower(a, letter), letter);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t span_of(struct str line, const char *set)
{
    size_t n = 0;

    while (n < line.len && strchr(set, line.ptr[n]) != NULL && line.ptr[n] != '\0')
        n++;
    return n;
}

/* The mark's first n bytes need one of `ends` and a space behind them. */
static bool ends_mark(struct str line, size_t n, const char *ends, size_t *length)
{
    if (n == 0 || n + 1 >= line.len || strchr(ends, line.ptr[n]) == NULL || line.ptr[n] == '\0' ||
        line.ptr[n + 1] != ' ')
        return false;
    *length = n + 2;
    return true;
}

enum import_mark import_number_mark(struct str line, size_t *length)
{
    static const char *const parts[] = {"Điều ", "ĐIỀU ", "Chương ", "CHƯƠNG ", "Phần ", "PHẦN ", "Mục ", "MỤC "};
    size_t n, unused;

    if (length == NULL)
        length = &unused;
    *length = 0;
    for (size_t i = 0; i < countof(parts); i++) {
        struct str part = str_of(parts[i]), rest = str_skip(line, part.len);
        if (!str_starts(line, part))
            continue;
        n = span_of(rest, "0123456789IVX");
        if (n > 0 && (n == rest.len || strchr(".: ", rest.ptr[n]) != NULL))
            return MARK_PART;
    }
    n = span_of(line, "IVX");
    if (n <= 6 && ends_mark(line, n, ".)", length))
        return MARK_ROMAN;
    n = span_of(line, "0123456789.");
    if (n > 0 && n <= 9 && is_digit(line.ptr[0])) {
        if (line.ptr[n - 1] == '.' && n < line.len && line.ptr[n] == ' ' && n <= 8)
            return *length = n + 1, MARK_ARABIC;
        if (memchr(line.ptr, '.', n) == NULL && n <= 2 && ends_mark(line, n, ")/", length))
            return MARK_ARABIC;
    }
    n = line.len > 0 && line.ptr[0] >= 'a' && line.ptr[0] <= 'z' ? 1 : str_starts(line, S("đ")) ? 2 : 0;
    return ends_mark(line, n, ")", length) ? MARK_LETTER : MARK_NO;
}

size_t import_bullet_mark(struct str line)
{
    static const char *const marks[] = {"- ",      "– ",      "— ",      "+ ",      "* ",     "\u2022 ",
                                        "\u25aa ", "\u25cf ", "\u25e6 ", "\u2713 ", "\u2192 "};

    for (size_t i = 0; i < countof(marks); i++)
        if (str_starts(line, str_of(marks[i])))
            return strlen(marks[i]);
    return 0;
}

bool import_ends_sentence(struct str line)
{
    static const char *const ends[] = {".", "!", "?", ":", ";", "…", ".”", ".\"", "!”", "?”", ".)", "/."};

    line = str_trim(line);
    for (size_t i = 0; i < countof(ends); i++)
        if (str_ends(line, str_of(ends[i])))
            return true;
    return false;
}

size_t import_letters(struct str line)
{
    size_t n = 0;

    for (size_t i = 0; i < line.len; i++)
        n += ((unsigned char)line.ptr[i] & 0xc0) != 0x80;
    return n;
}

/* --- people and units -------------------------------------------------------------------------------------------- */

static struct str skip_title(struct str line, struct str *title)
{
    static const char *const titles[] = {
        "Đồng chí", "đồng chí",    "Đ/c",         "đ/c",     "PGS, TS", "PGS,TS",    "PGS.TS",   "PGS. TS",
        "GS, TS",   "GS.TS",       "GS. TS",      "GS",      "PGS",     "TS",        "ThS",      "Ths",
        "ThS, BS",  "CN",          "KS",          "BS",      "LS",      "Thạc sĩ",   "Tiến sĩ",  "Bác sĩ",
        "Luật sư",  "Kỹ sư",       "Ông",         "Bà",      "Đại tá",  "Thượng tá", "Trung tá", "Thiếu tá",
        "Đại úy",   "Thiếu tướng", "Trung tướng", "Nhà báo", "Nhà thơ", "Nhà văn"};

    *title = STR_NONE;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < countof(titles); i++) {
            struct str t = str_of(titles[i]), rest = str_skip(line, t.len);
            if (!str_starts(line, t) || rest.len < 2 || strchr(". ,:", rest.ptr[0]) == NULL)
                continue;
            *title = title->ptr == NULL ? str_sub(line, 0, t.len) : str_range(title->ptr, line.ptr + t.len);
            while (rest.len > 0 && strchr(". ,:", rest.ptr[0]) != NULL)
                rest = str_skip(rest, 1);
            line = rest;
            more = true;
        }
    }
    return line;
}

static bool is_family_name(struct arena *a, struct str word)
{
    static const char *const names[] = {
        "nguyễn", "trần", "lê",    "phạm",  "hoàng", "huỳnh",  "phan",  "vũ",    "võ",    "đặng",  "bùi",   "đỗ",
        "hồ",     "ngô",  "dương", "lý",    "đinh",  "đào",    "đoàn",  "lương", "trịnh", "mai",   "cao",   "tô",
        "lâm",    "hà",   "tạ",    "châu",  "thái",  "trương", "chu",   "quách", "kiều",  "la",    "thạch", "nông",
        "vi",     "hứa",  "tống",  "tăng",  "vương", "mạc",    "triệu", "đàm",   "văn",   "phùng", "khổng", "nghiêm",
        "từ",     "lò",   "ma",    "giàng", "sùng",  "lưu",    "quang", "tôn",   "thân",  "bạch",  "doãn"};
    struct str lower = text_lower(a, word);

    for (size_t i = 0; i < countof(names); i++)
        if (str_equal(lower, str_of(names[i])))
            return true;
    return false;
}

/* Two to six words, each with a capital, no digit and no sign in them. */
static bool is_name(struct arena *a, struct str text, bool has_title)
{
    struct str rest = str_trim(text), word, first = STR_NONE;
    size_t n = 0;

    while (rest.len > 0) {
        rest = str_cut(rest, ' ', &word);
        if (word.len == 0)
            continue;
        if (!import_starts_capital(a, word) || import_letters(word) > 8)
            return false;
        for (size_t i = 0; i < word.len; i++)
            if ((unsigned char)word.ptr[i] < 'A' && word.ptr[i] != '\'')
                return false;
        if (n++ == 0)
            first = word;
    }
    return n >= 2 && n <= 6 && (has_title || is_family_name(a, first));
}

/* Where the name ends and an office or a unit begins. */
static size_t find_role(struct str line, size_t *skip)
{
    static const char *const seams[] = {" - ", " – ", ", ", " ("};
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < countof(seams); i++) {
        size_t at = str_find(line, str_of(seams[i]), 0);
        if (at < best) {
            best = at;
            *skip = strlen(seams[i]);
        }
    }
    return best;
}

bool import_author_of_line(struct arena *a, struct str line, struct import_author *author)
{
    static const char *const labels[] = {
        "Tác giả:", "Bài và ảnh:", "Bài, ảnh:", "Tin, ảnh:", "Tin và ảnh:", "Bài:", "Người viết:"};
    struct import_author got = {0};
    bool has_label = false;
    size_t skip = 0;

    line = str_trim(line);
    if (import_letters(line) > 120 || line.len == 0)
        return false;
    for (size_t i = 0; i < countof(labels); i++)
        if (str_starts(line, str_of(labels[i]))) {
            line = str_trim(str_skip(line, strlen(labels[i])));
            has_label = true;
        }
    line = skip_title(line, &got.title);
    size_t seam = find_role(line, &skip);
    got.name = str_trim(str_sub(line, 0, seam));
    if (seam != SIZE_MAX)
        got.role = str_trim(str_skip(line, seam + skip));
    if (seam != SIZE_MAX && line.ptr[seam + 1] == '(' && str_ends(got.role, S(")")))
        got.role = str_sub(got.role, 0, got.role.len - 1);
    if (!is_name(a, got.name, got.title.ptr != NULL || has_label) || import_is_unit_name(a, got.name))
        return false;
    *author = got;
    return true;
}

bool import_is_unit_name(struct arena *a, struct str line)
{
    static const char *const heads[] = {"chi bộ ",     "chi ủy ",     "đảng bộ ",
                                        "đảng ủy ",    "ban ",        "phòng ",
                                        "văn phòng ",  "công đoàn ",  "đoàn thanh niên ",
                                        "đoàn cơ sở ", "chi đoàn ",   "hội ",
                                        "liên đoàn ",  "trung tâm ",  "ủy ban ",
                                        "uỷ ban ",     "đảng uỷ ",    "chi uỷ ",
                                        "sở ",         "trường ",     "học viện ",
                                        "viện ",       "tỉnh ủy ",    "thành ủy ",
                                        "huyện ủy ",   "ủy ban mttq", "mặt trận ",
                                        "công ty ",    "bệnh viện ",  "cục ",
                                        "vụ ",         "tổ đảng ",    "cụm "};
    struct str lower = text_lower(a, line);

    if (str_trim(lower).len == 0 || str_trim(lower).ptr == NULL || str_contains(line, S(".")))
        return false;
    for (size_t i = 0; i < countof(heads); i++)
        if (str_starts(lower, str_of(heads[i])))
            return true;
    return str_equal(lower, S("chi bộ")) || str_equal(lower, S("văn phòng"));
}
