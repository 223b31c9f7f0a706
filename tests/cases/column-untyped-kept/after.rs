diesel::table! {
    bag (id) {
        id -> Integer,
        thing -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table bag {
        note: default "'x'";
    }
}
