diesel::table! {
    leaf (id) {
        id -> Integer,
        parent_id -> Nullable<Integer>,
        label -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table leaf {
        foreign key (parent_id) references leaf (id) on delete cascade;
    }
}
