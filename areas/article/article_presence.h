/* Who has which article open: in memory, for a minute after the browser's last sign of life. Nobody is locked out by
 * it, and nothing of it is kept. Any thread. */
#ifndef BANTIN_ARTICLE_PRESENCE_H
#define BANTIN_ARTICLE_PRESENCE_H

#include "base/base.h"
#include "db/ids.h"

/* Notes that the person is here, and gives the names of the others: "Lò Văn Dũng, Vì Thị Mai"; empty: nobody. */
struct str article_presence_note(struct arena *a, struct article_id article, struct person_id person, struct str name,
                                 int64_t now);
/* Only the names of the others. */
struct str article_presence_others(struct arena *a, struct article_id article, struct person_id person, int64_t now);
#endif
