diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    child (id) {
        id -> Integer,
        org_id -> Nullable<Integer>,
        title -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table org {
        unique (name);
    }

    table child {
        unique (title);
    }
}
