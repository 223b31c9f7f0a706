diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
        kind -> Text,
    }
}

glowplug::ddl! {
    table session {
        kind: not null on conflict replace, default "'free'";
    }
}
