#include "article/editor_words.h"
#include "unit/test.h"

#include <jansson.h>

/* Some the editor asks for by name, some whose name it puts together. That no name is missing is a browser test. */
static const char *const asked[] = {"bold",         "bold_short", "remove_figure", "remove_sound",
                                    "remove_video", "saved",      "offline",       "kept_offer"};

TEST(the_editor_gets_all_its_words_as_json_in_both_languages)
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        struct str words = editor_words(t, lang);
        json_t *json = json_loadb(words.ptr, words.len, 0, NULL);

        assert_true(json_is_object(json));
        assert_true(json_object_size(json) > 90);
        for (size_t i = 0; i < countof(asked); i++)
            assert_true(json_string_length(json_object_get(json, asked[i])) > 0);
        json_decref(json);
    }
}
