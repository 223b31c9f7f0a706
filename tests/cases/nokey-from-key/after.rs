diesel::table! {
    log (a) {
        a -> Integer,
        b -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table log {
        no primary key;
    }
}
