diesel::table! {
    item (id) {
        id -> BigInt,
        name -> Text,
    }
}

diesel::table! {
    part (id) {
        id -> Integer,
        item_id -> BigInt,
    }
}

glowplug::ddl! {
    table item {}

    table part {
        foreign key (item_id) references item (id) on delete cascade;
    }
}
