diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
        city -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table org {
        index org_city (city);
        check "name <> ''";
    }
}
