diesel::table! {
    item (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    part (id) {
        id -> Integer,
        item_id -> Integer,
    }
}

glowplug::ddl! {
    table item {}

    table part {
        foreign key (item_id) references item (id) on delete cascade;
    }
}
