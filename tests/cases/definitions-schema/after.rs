diesel::table! {
    person (id) {
        id -> Integer,
        level -> Integer,
    }
}

glowplug::ddl! {
    domain audit.level {
        type "integer";
        check "VALUE > 0";
    }
    sequence audit.number;
    composite audit.pair { a "audit.level", b "text" }

    table person {
        level: type "audit.level", default "nextval('audit.number')";
    }
}
