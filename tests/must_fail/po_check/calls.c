/* Never compiled: what the files here say is checked against these calls. */
const struct str a = T(arena, lang, MSG_greeting, ARG("who", f(")")), ARG("n", 3));
const struct str b = msg(lang, MSG_plain);
