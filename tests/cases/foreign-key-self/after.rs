diesel::table! {
    node (id) {
        id -> Integer,
        parent_id -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table node {
        foreign key (parent_id) references node (id) on delete cascade;
    }
}
