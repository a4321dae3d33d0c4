#!/bin/sh
# layers.sh CHECK FILE TMP: puts the file where its second line says, in a tree of its own, and checks the layers there.
at=$(sed -n '2s|^// at: ||p' "$2")
tree=$3/tree
mkdir -p "$tree/${at%/*}" "$tree/areas/article" "$tree/areas/issue"
touch "$tree/areas/article/article.c" "$tree/areas/issue/issue.c" "$tree/areas/issue/issue_pages.c"
cp "$2" "$tree/$at"
"$1" "$tree"
status=$?
rm -rf "$tree"
exit $status
