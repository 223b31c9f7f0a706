diesel::table! {
    #[doc(alias = "org")]
    company (id) {
        id -> Integer,
        #[doc(alias = "name")]
        title -> Text,
        #[doc(alias = "city")]
        town -> Nullable<Text>,
        size -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table company {
        index org_city (town);
        check "title <> ''";
    }
}
