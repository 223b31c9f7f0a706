diesel::table! {
    person (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    composite address { zip "text", street "text" }
}
