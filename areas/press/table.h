/* Tables: columns by what they hold, merged cells, and windows: a table is cut into slices of rows, or of lines inside
 * a high row, and each piece that landed in a column is drawn through its window. */
#ifndef BANTIN_PRESS_TABLE_H
#define BANTIN_PRESS_TABLE_H

#include "press/compose.h"

struct table_piece {
    double y; /* from the top of the cell's content */
    struct strip strip;
};

struct table_cell {
    int row, column, rows, columns;
    bool header;
    double x, width, height; /* of the content */
    struct table_piece *pieces;
    int n_pieces;
    const struct body_node *node;
};

struct table {
    int n_rows, n_columns;
    double *x;                /* n_columns + 1 */
    double *y;                /* n_rows + 1 */
    struct table_cell *cells; /* by row, then column */
    int n_cells;
    int *first_cell; /* of each row; n_rows + 1 */
    int *cover;      /* of each row: the first row whose cells still reach into it */
    int n_header;    /* rows repeated after a break */
    double pad;
    int block;
};
#endif
