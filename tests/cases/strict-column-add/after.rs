diesel::table! {
    item (id) {
        id -> Integer,
        label -> Text,
        price -> Nullable<Double>,
        data -> Nullable<Binary>,
    }
}

glowplug::ddl! {
    table item {
        strict;
    }
}
