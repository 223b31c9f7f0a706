diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        room -> Integer,
    }
}

glowplug::ddl! {
    table desk {
        foreign key (room) references "room" ("id");
    }
}
