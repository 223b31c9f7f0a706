//! Names: raw identifiers, `#[sql_name]`, schemas, modules, words of `ddl!` as names.

diesel::table! {
    use diesel::sql_types::*;

    /// A table of reserved words.
    #[sql_name = "Order"]
    orders (r#type, unique) {
        r#type -> Text,
        unique -> Text,
        index -> Text,
        #[sql_name = "select"]
        select_ -> Text,
        #[sql_name = "wei\"rd näme"]
        weird -> Text,
        #[doc(alias = "old_mail")]
        mail -> Text,
    }
}

mod audit {
    diesel::table! {
        #[doc(alias = "log")]
        audit.event (id) { id -> Integer, order_type -> Text }
    }
}

mod billing {
    diesel::table! {
        billing.event (id) { id -> Integer, amount -> Integer }
    }

    glowplug::ddl! {
        table event { index event_amount (amount); }
    }
}

mod elsewhere {
    use super::{audit::event as audited, orders};

    glowplug::ddl! {
        table orders { comment "from elsewhere"; }
        table audited { index (order_type); }
    }
}

glowplug::ddl! {
    table orders {
        r#type: default "'x'";
        index: default "'y'";
        select_: default "'z'";
        unique (index);
        unique index (unique);
        index index (weird, select_);
        check check "1 = 1";
    }

    table audit::event {
        foreign key event_order (order_type) references self::orders (r#type);
    }

    table billing::event { amount: default "0"; }
}
