diesel::table! {
    item (id) {
        id -> Integer,
        name -> Text,
        n -> Integer,
    }
}

glowplug::ddl! {
    table item {
        index item_words (name) using fulltext;
    }
}
