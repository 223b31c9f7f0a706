diesel::table! {
    person (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    composite address { street "text", "House No" "integer", zip "varchar(10)" }
}
