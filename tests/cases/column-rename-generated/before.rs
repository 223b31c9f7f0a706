diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
        size -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        size: generated "length(plan)" stored;
    }
}
