diesel::table! {
    org (id) {
        id -> Integer,
        name -> Varchar,
    }
}

diesel::table! {
    person (id) {
        id -> Integer,
        org_id -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table person {
        foreign key (org_id) references org (id) on delete set null;
    }
}
