diesel::table! {
    node (id) {
        id -> Integer,
        parent_id -> Nullable<Integer>,
        label -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table node {
        foreign key (parent_id) references node (id) on delete cascade;
        label: default "'x'";
    }
}
