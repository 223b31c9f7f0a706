diesel::table! {
    log (a, b) {
        a -> Nullable<Integer>,
        b -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table log {
        no primary key;
    }
}
