// The table of pages: path, page, who may see it.
import type { ComponentType } from 'react';
import { createBrowserRouter, type LoaderFunctionArgs } from 'react-router-dom';
import type { Ahead } from '../ui/ahead';
import { askWhoIsHere } from '../ui/SessionContext';
import { Frame } from './Frame';
import { Guarded, letsIn, type Who } from './Guarded';
import { NotFound } from './NotFound';
import { PageError } from './PageError';
import { queries } from './queries';

// A page's code is fetched when it is first gone to; `name` is its component there, and `ahead`
// asks for what it looks at first.
function page<Name extends string>(
  path: string,
  who: Who,
  name: Name,
  load: () => Promise<Record<Name, ComponentType> & { ahead?: Ahead }>,
) {
  return {
    path,
    lazy: async () => {
      const loaded = await load();
      const { ahead } = loaded;
      const Page: ComponentType = loaded[name];
      const Component = () => (
        <Guarded who={who}>
          <Page />
        </Guarded>
      );
      if (!ahead) return { Component };
      return { Component, loader: loaderOf(who, ahead), shouldRevalidate: isElsewhere };
    },
  };
}

function loaderOf(who: Who, ahead: Ahead) {
  return ({ params, request }: LoaderFunctionArgs) => {
    const { searchParams: search } = new URL(request.url);
    askWhoIsHere(queries).then(
      (here) => letsIn(who, here.session) && ahead({ params, search, here, queries }),
      () => undefined, // the page says what is wrong
    );
    return null;
  };
}

// What a page changes in its own address is asked for by itself.
function isElsewhere(way: { currentUrl: URL; nextUrl: URL }): boolean {
  return way.currentUrl.pathname !== way.nextUrl.pathname;
}

// prettier-ignore
const pages = [
  page('/', 'anybody', 'FirstPage', () => import('../features/first-page/FirstPage')),
  page('/account', 'account', 'AccountPage', () => import('../features/account/AccountPage')),
  page('/audit', 'audit_admin', 'AuditPage', () => import('../features/audit/AuditPage')),
  page('/ballots', 'account', 'BallotsPage', () =>
    import('../features/project/BallotsPage')),
  page('/funds', 'anybody', 'FundsPage', () => import('../features/fund/FundsPage')),
  page('/funds/:fund', 'anybody', 'FundPage', () => import('../features/fund/FundPage')),
  page('/help', 'anybody', 'HelpPage', () => import('../features/help/HelpPage')),
  page('/help/:role', 'anybody', 'HelpPage', () => import('../features/help/HelpPage')),
  page('/inbox', 'account', 'InboxPage', () => import('../features/inbox/InboxPage')),
  page('/items', 'account', 'LedgerPage', () => import('../features/ledger/LedgerPage')),
  page('/items/:no', 'account', 'ItemPage', () => import('../features/item/ItemPage')),
  page('/items/new', 'recorder', 'NewItemPage', () => import('../features/new-item/NewItemPage')),
  // The server gives the web's page for whatever stands there in the place of a number.
  page('/items/on-behalf', 'recorder', 'OnBehalfPage', () =>
    import('../features/on-behalf/OnBehalfPage')),
  page('/programmes', 'anybody', 'ProgrammesPage', () =>
    import('../features/programme/ProgrammesPage')),
  page('/programmes/:id', 'anybody', 'ProgrammePage', () =>
    import('../features/programme/ProgrammePage')),
  page('/projects/:no', 'account', 'ProjectPage', () =>
    import('../features/project/ProjectPage')),
  page('/queue', 'verifier', 'QueuePage', () => import('../features/my-work/QueuePage')),
  page('/rosters', 'anybody', 'PublicRostersPage', () =>
    import('../features/roster/PublicRostersPage')),
  page('/schemes', 'account', 'SchemesPage', () => import('../features/roster/SchemesPage')),
  page('/schemes/:scheme', 'account', 'SchemePage', () =>
    import('../features/roster/SchemePage')),
  page('/services', 'anybody', 'HandlingsPage', () =>
    import('../features/handling/HandlingsPage')),
  page('/services/:code', 'anybody', 'HandlingsPage', () =>
    import('../features/handling/HandlingsPage')),
  page('/sign-in', 'anybody', 'SignInPage', () => import('../features/sign-in/SignInPage')),
  page('/stated', 'anybody', 'StatedPage', () => import('../features/stated/StatedPage')),
  page('/units', 'anybody', 'RootUnitPage', () => import('../features/unit/UnitPage')),
  page('/units/:code', 'anybody', 'UnitPage', () => import('../features/unit/UnitPage')),
  page('/units/:code/verdicts', 'anybody', 'VerdictsPage', () =>
    import('../features/verdicts/VerdictsPage')),
  page('/work', 'account', 'WorkPage', () => import('../features/my-work/WorkPage')),
  page('/work-groups', 'account', 'GroupsPage', () =>
    import('../features/work-group/GroupsPage')),
  page('/work-groups/:group', 'account', 'GroupPage', () =>
    import('../features/work-group/GroupPage')),
];
// Printed pages stand alone, without the frame.
// prettier-ignore
const prints = [
  page('/items/:no/print/:form', 'account', 'ItemPrint', () =>
    import('../features/print/ItemPrint')),
  page('/print/items', 'account', 'LedgerPrint', () => import('../features/print/LedgerPrint')),
];

export const router = createBrowserRouter([
  {
    element: <Frame />,
    errorElement: <PageError />,
    children: [...pages, { path: '*', element: <NotFound /> }],
  },
  { element: <Frame bare />, errorElement: <PageError />, children: prints },
]);
