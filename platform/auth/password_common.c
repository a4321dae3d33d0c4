#include "auth/password.h"

/* What people type first, here and elsewhere; lower case. Words shorter than PASSWORD_MIN are refused for that already. */
static const char *const common[] = {
    "0123456789", "1234567890", "12345678910", "123456789a", "1234567891", "0987654321", "9876543210", "1111111111",
    "0000000000", "1122334455", "1212121212", "1231231230", "1234512345", "123123123123", "123456123456", "123456789123",
    "1234567899", "1357924680", "2222222222", "5555555555", "6666666666", "6868686868", "8888888888", "9999999999",
    "aaaaaaaaaa", "abc1234567", "abc123456789", "abcd123456", "abcd1234567", "abcd12345678", "abcdefghij", "abcdefghijk",
    "admin12345", "admin123456", "admin@1234", "admin@12345", "admin@123456", "administrator", "asdfasdfasdf",
    "asdfghjkl;", "anhyeuem123", "anhyeuem123456", "bantin1234", "bantin12345", "bantin123456", "baomat1234", "changeme123",
    "changeme1234", "chucmungnammoi", "congtacdang", "dangcongsan", "dangbo2025", "dangbo2026", "donvi12345", "emyeuanh123",
    "hanoi123456", "hochiminh1", "hochiminh123", "iloveyou12", "iloveyou123", "iloveyou1234", "khongbiet123", "khongcopass",
    "letmein123", "letmein1234", "matkhau123", "matkhau1234", "matkhau12345", "matkhau123456", "matkhaumoi", "matkhau@123",
    "minhyeuban", "motconvit123", "nguoidung123", "nguyenvana", "nhimatkhau", "passw0rd123", "password01", "password1!",
    "password12", "password123", "password1234", "password12345", "password123456", "p@ssw0rd123", "p@ssword123", "qazwsx1234",
    "qazwsxedc1", "qazwsxedcrfv", "q1w2e3r4t5", "q1w2e3r4t5y6", "qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop",
    "qwertyuiop1", "qwertyuiop123", "quantri123", "quantri1234", "quantri12345", "quantri@123", "quenmatkhau", "sinhhoatchibo",
    "thanhcong123", "tinhuy1234", "tinhuy12345", "toasoan123", "toasoan1234", "vietnam123", "vietnam1234", "vietnam123456",
    "vietnamvodich", "welcome123", "welcome1234", "yeuthuong123", "yeuemnhieu", "zaq12wsxcde3", "zxcvbnm123", "zxcvbnm1234",
};

static bool is_one_letter(struct str password)
{
    for (size_t i = 1; i < password.len; i++)
        if (password.ptr[i] != password.ptr[0])
            return false;
    return true;
}

bool password_is_common(struct arena *a, struct str password)
{
    struct str lower = str_ascii_lower(a, password);

    for (size_t i = 0; i < countof(common); i++)
        if (str_equal(lower, str_of(common[i])))
            return true;
    return is_one_letter(password);
}
