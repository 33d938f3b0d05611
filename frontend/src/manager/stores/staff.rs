//! Who works in a store: a list, with a form under whoever is to be changed.

use super::person;
use crate::api::{self, ApiError};
use crate::format;
use crate::i18n::desk::stores as say;
use crate::i18n::language;
use crate::live::Turn;
use crate::manager::context::Desk;
use crate::manager::failed;
use crate::ui::{self, waiting_view};
use leptos::prelude::*;
use shared::api::stores::StaffMember;
use shared::ids::{SellerNo, StoreNo};
use shared::store::Role;

/// Whose form is open; one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// Somebody who begins.
    New,
    /// Somebody who works there.
    Member(SellerNo),
}

impl Open {
    /// The name of the button that opens and closes it.
    fn button(self) -> String {
        match self {
            Self::New => "staff-new".to_owned(),
            Self::Member(no) => format!("staff-{no}"),
        }
    }
}

/// The card's state.
#[derive(Clone, Copy)]
pub(super) struct Staff {
    pub(super) desk: Desk,
    pub(super) store: StoreNo,
    list: RwSignal<Option<Result<Vec<StaffMember>, ApiError>>>,
    open: RwSignal<Option<Open>>,
    /// Whether a change is on its way. It may be to whoever is signed in, whose session is another one afterwards: what is
    /// asked meanwhile is asked by a session that has ended.
    pub(super) busy: RwSignal<bool>,
    turn: Turn,
}

/// The staff of a store.
pub(super) fn card(desk: Desk, store: StoreNo) -> AnyView {
    let staff = Staff {
        desk,
        store,
        list: RwSignal::default(),
        open: RwSignal::default(),
        busy: RwSignal::default(),
        turn: Turn::default(),
    };
    Effect::new(move || {
        desk.live.stores.track();
        if !staff.busy.get() {
            staff.ask();
        }
    });
    let body = move || match staff.list.get() {
        None => waiting_view(),
        Some(Err(error)) => failed("lock", &error, Callback::new(move |()| staff.ask())),
        Some(Ok(_)) => staff.table(),
    };
    // The table stays while it is brought up to date.
    let stage = Memo::new(move |_| staff.list.with(|list| list.as_ref().map(|list| list.as_ref().err().cloned())));
    let body = move || {
        // Read, not only tracked: a memo that nobody has read follows nothing.
        stage.with(|_| ());
        untrack(body)
    };
    let add = move || (staff.open.get() == Some(Open::New)).then(|| person::form(staff, None));
    view! {
        <section class="card staff" aria-labelledby="staff">
            <header class="head"><h2 id="staff">{say::staff}</h2><span class="push">{staff.toggle(Open::New, "btn small", say::add)}</span></header>
            {add}
            {body}
        </section>
    }
    .into_any()
}

impl Staff {
    /// Asks who works there.
    pub(super) fn ask(self) {
        self.turn.ask(move || async move {
            let answer = api::staff(self.store).await;
            // Another store may be shown by now.
            if !self.list.is_disposed() {
                self.list.set(Some(answer));
            }
        });
    }

    /// Closes the form that is open, and leads the focus back to where it was opened.
    pub(super) fn close(self) {
        // What is being answered is seen to be.
        if self.busy.get_untracked() {
            return;
        }
        if let Some(open) = self.open.try_update(Option::take).flatten() {
            request_animation_frame(move || ui::focus(&open.button()));
        }
    }

    fn toggle(self, whose: Open, class: &'static str, name: fn() -> &'static str) -> AnyView {
        let expanded = move || (self.open.get() == Some(whose)).to_string();
        let toggle = move |_| {
            if !self.busy.get_untracked() {
                self.open.update(|open| *open = if *open == Some(whose) { None } else { Some(whose) });
            }
        };
        view! { <button type="button" class=class id=whose.button() aria-expanded=expanded on:click=toggle>{name}</button> }
            .into_any()
    }

    fn members(self) -> Vec<StaffMember> {
        self.list.get().and_then(Result::ok).unwrap_or_default()
    }

    fn table(self) -> AnyView {
        // Whoever has left comes last.
        let order = Memo::new(move |_| {
            let members = self.members().into_iter();
            let mut order: Vec<_> = members.map(|member| (member.dismissed_at.is_some(), member.seller.no)).collect();
            order.sort_unstable();
            order
        });
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=say::staff>
                <table class="table">
                    <thead><tr><th scope="col" class="num">{say::number}</th><th scope="col" class="cut">{say::person}</th>
                        <th scope="col">{say::role}</th><th scope="col"><span class="visually-hidden">{say::change}</span></th></tr></thead>
                    <tbody><For each=move || order.get() key=|&(_, no)| no children=move |(_, no)| self.row(no)/></tbody>
                </table>
            </div>
        }
        .into_any()
    }

    /// A row stays the same while its person changes, so that the focus stays in it.
    fn row(self, no: SellerNo) -> AnyView {
        let whose = Open::Member(no);
        let member = Memo::new(move |_| self.members().into_iter().find(|member| member.seller.no == no));
        let works =
            Memo::new(move |_| member.with(|member| member.as_ref().is_some_and(|it| it.dismissed_at.is_none())));
        let name = move || member.get().map(|member| member.seller.name);
        let role = move || {
            member.get().map(|StaffMember { seller, dismissed_at }| match (dismissed_at, seller.role) {
                (Some(at), _) => say::left(&format::age(language(), self.desk.seconds_since(at))),
                (None, Role::Manager) => say::manager().to_owned(),
                (None, Role::Seller) => say::seller().to_owned(),
            })
        };
        let act = move || works.get().then(|| self.toggle(whose, "link", say::change));
        let form = move || {
            let seller = (self.open.get() == Some(whose)).then(|| member.get_untracked()).flatten()?.seller;
            Some(view! { <tr class="opened"><td colspan="4">{person::form(self, Some(seller))}</td></tr> })
        };
        view! {
            <tr><td class="num">{no.to_string()}</td><td class="cut">{name}</td><td>{role}</td><td class="num">{act}</td></tr>
            {form}
        }
        .into_any()
    }
}
