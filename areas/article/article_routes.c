#include "article/article_pages.h"
#include "article/article_routes.h"

const struct route article_routes[] = {
    GET("/toa-soan/bai", ACT_NEWSROOM, article_list_page),
    GET("/toa-soan/bai.csv", ACT_NEWSROOM, article_list_csv),
    POST("/toa-soan/bai", ACT_ARTICLE_WRITE, article_new),
    GET("/toa-soan/bai/moi", ACT_ARTICLE_WRITE, article_new_page),
    GET("/toa-soan/bai/:article", ACT_NEWSROOM, article_edit_page),
    POST("/toa-soan/bai/:article", ACT_ARTICLE_WRITE, article_save_form, .limits = {.body = ARTICLE_BODY_BYTES}),
    POST("/toa-soan/bai/:article/luu", ACT_ARTICLE_WRITE, article_save_json, .limits = {.body = ARTICLE_BODY_BYTES}),
    POST("/toa-soan/bai/:article/chon-ban", ACT_ARTICLE_WRITE, article_save_chosen,
         .limits = {.body = ARTICLE_BODY_BYTES}),
    POST("/toa-soan/bai/:article/co-mat", ACT_NEWSROOM, article_presence),
    {0},
};
