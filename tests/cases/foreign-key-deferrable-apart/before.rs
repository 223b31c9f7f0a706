diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    child (id) {
        id -> Integer,
        org_id -> Integer,
        title -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table org {}

    table child {
        foreign key (org_id) references org (id) deferrable initially deferred;
        title: default "'x'";
    }
}
