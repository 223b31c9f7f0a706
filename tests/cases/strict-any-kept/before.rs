diesel::table! {
    item (id) {
        id -> Integer,
        value -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table item {
        value: type "ANY";
        strict;
    }
}
