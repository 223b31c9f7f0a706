diesel::table! {
    org (id) {
        id -> BigInt,
        name -> Varchar,
    }
}

diesel::table! {
    person (id) {
        id -> Integer,
        org_id -> Nullable<BigInt>,
    }
}

glowplug::ddl! {
    table person {
        foreign key (org_id) references org (id) on delete set null;
    }
}
