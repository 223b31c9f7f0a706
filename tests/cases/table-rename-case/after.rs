diesel::table! {
    Org (id) {
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
    table Org {
        index org_name (name);
        foreign key (parent_id) references Org (id);
    }

    table desk {
        foreign key (org_id) references Org (id) on delete cascade;
    }
}
