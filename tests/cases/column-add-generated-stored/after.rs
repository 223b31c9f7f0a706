diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        size -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        size: generated "length(title)" stored;
    }
}
