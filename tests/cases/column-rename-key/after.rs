diesel::table! {
    org (number) {
        #[doc(alias = "id")]
        number -> Integer,
        name -> Text,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Integer,
    }
}

glowplug::ddl! {
    table org {}

    table desk {
        foreign key (org_id) references org (number) on delete cascade;
    }
}
