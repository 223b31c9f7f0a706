diesel::table! {
    #[doc(alias = "org")]
    company (id) {
        id -> Integer,
        name -> Text,
        parent_id -> Nullable<Integer>,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Integer,
    }
}

glowplug::ddl! {
    table company {
        index org_name (name);
        foreign key (parent_id) references company (id);
    }

    table desk {
        foreign key (org_id) references company (id) on delete cascade;
    }
}
