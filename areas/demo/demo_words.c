/* What generated articles say: a small grammar. The words make sense beside each other; the articles say nothing. */
#include "demo/demo_words.h"

static const char *const works[] = {
    "giữ sạch nguồn nước", "trồng cây hai bên đường", "mở lớp học buổi tối", "sửa kênh mương trước vụ mới",
    "thu gom rác tại nguồn", "dạy nghề cho người trẻ", "khám sức khỏe cho người cao tuổi", "ghi sổ đồng ruộng",
    "lập tủ sách chung", "hòa giải từ lúc chuyện còn nhỏ", "giúp nhau làm nhà", "chuẩn bị buổi sinh hoạt",
    "công khai các khoản đóng góp", "bán nông sản theo hợp đồng", "phòng cháy ở khu dân cư", "giữ nghề dệt",
    "chăm vườn rau trường học", "tập đàn hát dân ca", "làm đường vào xóm", "dùng chữ ký số",
    "tra cứu giấy tờ trên điện thoại", "nuôi cá lồng trên sông", "phòng bệnh cho đàn trâu bò", "đọc sách mỗi tuần",
};
static const char *const verbs[] = {
    "bàn cách", "bắt đầu", "rút kinh nghiệm", "phân công", "kiểm tra việc", "cùng nhau", "học cách", "hoàn thành việc",
    "đăng ký", "sơ kết việc", "mở rộng việc", "đổi cách",
};
static const char *const remarks[] = {
    "bắt đầu từ việc nhỏ", "ai cũng có phần", "những điều rút ra", "cách làm ít tốn kém", "một năm nhìn lại",
    "làm đến đâu chắc đến đó", "việc của nhiều người", "từ cuộc họp đến việc làm", "giữ sổ cho rõ",
    "người trẻ vào cuộc", "kinh nghiệm của một tổ", "còn những chỗ khó",
};
static const char *const openings[] = {
    "Sau buổi họp đầu tháng,", "Từ đầu vụ,", "Ba tháng nay,", "Theo đề nghị của nhiều hộ,", "Khi mùa mưa vừa dứt,",
    "Trong buổi họp gần nhất,", "Nhân ngày hội của thôn,", "Từ một góp ý ghi trong sổ,",
};
static const char *const people[] = {
    "chi bộ", "tổ công nghệ", "các hộ trong xóm", "hội phụ nữ", "đoàn thanh niên", "tổ hòa giải", "ban giám sát",
    "các thầy cô", "hội người cao tuổi", "tổ liên gia",
};
static const char *const deeds[] = {
    "thống nhất mỗi tuần dành một buổi để", "chia thành bốn nhóm, mỗi nhóm nhận một việc để",
    "ghi tên từng người và ngày xong khi", "góp công, góp vật liệu để", "mời người có nghề về chỉ cách",
    "dán kết quả ở bảng tin sau mỗi lần", "đọc lại sổ cũ rồi mới tính cách", "thử ở một xóm trước khi mở rộng việc",
};
static const char *const results[] = {
    "Số nhà tham gia tăng gấp đôi sau hai tháng.", "Chi phí được đọc công khai, ai hỏi cũng có người trả lời.",
    "Việc xong trước hạn năm ngày.", "Còn hai chỗ vướng, sẽ bàn tiếp ở buổi họp tới.",
    "Người vắng mặt nhận được bản tóm tắt ngay hôm sau.", "Cách làm này đang được xóm bên học theo.",
    "Điều khó nhất là giữ được đều đặn khi vào mùa bận.", "Nhờ có sổ ghi mà không phải cãi nhau bằng trí nhớ.",
    "Trẻ nhỏ cũng có việc: đếm, ghi và nhắc người lớn.", "Năm tới, việc này được đưa vào kế hoạch từ đầu.",
};

uint32_t demo_random(struct demo_dice *d, uint32_t below)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return (uint32_t)(d->state >> 33) % below;
}

#define ONE_OF(dice, list) ((list)[demo_random((dice), countof(list))])

struct str demo_title(struct arena *a, struct demo_dice *d, struct str unit)
{
    const char *work = ONE_OF(d, works);

    switch (demo_random(d, 3)) {
    case 0:
        return str_format(a, "%.*s %s %s", STR_ARG(unit), ONE_OF(d, verbs), work);
    case 1:
        return str_format(a, "Chuyện %s ở %.*s: %s", work, STR_ARG(unit), ONE_OF(d, remarks));
    default:
        return str_format(a, "%u hộ %s: %s", 12 + demo_random(d, 180), work, ONE_OF(d, remarks));
    }
}

struct str demo_sentence(struct arena *a, struct demo_dice *d)
{
    if (demo_random(d, 3) == 0)
        return str_of(ONE_OF(d, results));
    return str_format(a, "%s %s %s %s.", ONE_OF(d, openings), ONE_OF(d, people), ONE_OF(d, deeds), ONE_OF(d, works));
}

static void add_paragraph(struct arena *a, struct demo_dice *d, struct body_node *parent, uint32_t sentences)
{
    struct body_node *p = body_add(parent, body_new(a, BODY_PARAGRAPH));

    for (uint32_t i = 0; i < sentences; i++) {
        if (i > 0)
            body_add_text(a, p, S(" "), 0, STR_NONE);
        body_add_text(a, p, demo_sentence(a, d), 0, STR_NONE);
    }
}

struct body_node *demo_tree(struct arena *a, struct demo_dice *d)
{
    struct body_node *doc = body_new(a, BODY_DOC);
    uint32_t paragraphs = 2 + demo_random(d, 4);

    for (uint32_t i = 0; i < paragraphs; i++)
        add_paragraph(a, d, doc, 2 + demo_random(d, 3));
    if (demo_random(d, 4) != 0)
        return doc;
    struct body_node *list = body_add(doc, body_new(a, BODY_BULLETS));
    for (uint32_t i = 0; i < 3; i++)
        add_paragraph(a, d, body_add(list, body_new(a, BODY_ITEM)), 1);
    return doc;
}
