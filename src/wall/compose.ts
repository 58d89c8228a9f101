import {blankGrid, type Grid, writeCentred} from '../../widgets/wall/grid.ts';
import type {Scene} from '../../widgets/wall/stage.ts';
import type {AlertEntry} from '../view/alert-entry.ts';
import type {Layout} from './layout.ts';
import type {PageContext} from './page-context.ts';
import {backupLeaves, drawBackups} from './pages/backups.ts';
import {drawBlind} from './pages/blind.ts';
import {customerLeaves, drawCustomers} from './pages/customers.ts';
import {drawFoot, drawHead} from './pages/frame.ts';
import {drawNow} from './pages/now.ts';
import {drawOnCall, onCallLeaves} from './pages/on-call.ts';
import {drawTrend} from './pages/trend.ts';
import type {Picture} from './picture.ts';
import type {Page} from './rotation.ts';
import type {Trend} from './trend.ts';

/** What is to be shown, decided. */
export interface Showing {
  readonly page: Page;
  readonly leaf: number;
  readonly pages: readonly Page[];
  readonly isPaused: boolean;
  /** New alerts that interrupt, the newest first. */
  readonly urgent: readonly AlertEntry[];
  readonly trend: Trend;
  /** The name in the head line. */
  readonly title: string;
}

/** How many screens a page takes with what is known now. */
export function leavesOf(page: Page, picture: Picture, layout: Layout, hasDots: boolean): number {
  switch (page) {
    case 'customers':
      return customerLeaves(layout.body, picture.customers().length, {scale: layout.scale, hasDots});
    case 'backups':
      return backupLeaves(layout.body, picture.figures.backups());
    case 'onCall':
      return onCallLeaves(layout.body, picture.figures.onCall());
    case 'now':
    case 'trend':
      return 1;
    default:
      return page satisfies never;
  }
}

/** Would the page say more than that it has nothing to say? */
export function hasContent(page: Page, {figures}: Picture): boolean {
  if (page === 'backups') return figures.backups() !== null;
  return page !== 'onCall' || figures.onCall() !== null;
}

/** Draws one whole screen. Pure: the same picture gives the same cells. */
export function compose(picture: Picture, showing: Showing, layout: Layout, context: PageContext): Scene {
  const grid = blankGrid(layout.screen.width, layout.screen.height);
  drawHead(grid, layout.head, picture, showing.title, context);
  if (picture.isBlind) {
    drawBlind(grid, layout.body, picture, context);
    return {grid, charts: []};
  }
  const charts = picture.hasSubject
    ? drawPage(grid, picture, showing, layout, context)
    : drawNobody(grid, layout, context);
  const mayChange = picture.view.collectors.some(({who}) => who !== null && who.role !== 'viewer');
  const leaves = leavesOf(showing.page, picture, layout, context.hasDots);
  drawFoot(grid, layout.foot, {...showing, leaves, mayChange}, context);
  return {grid, charts};
}

/** A lobby whose customer nobody knows: nothing open would be no good news. */
function drawNobody(grid: Grid, {body}: Layout, {t}: PageContext): Scene['charts'] {
  const middle = Math.floor(body.height / 2);
  writeCentred(grid, body, middle - 1, t('wall.nobody.title'), 'unknown');
  writeCentred(grid, body, middle + 1, t('wall.nobody.hint'), 'dim');
  return [];
}

function drawPage(
  grid: Grid,
  picture: Picture,
  {page, leaf, urgent, trend}: Showing,
  {body}: Layout,
  context: PageContext,
): Scene['charts'] {
  switch (page) {
    case 'now':
      drawNow(grid, body, picture, urgent, context);
      return [];
    case 'customers':
      drawCustomers(grid, body, picture.customers(), leaf, picture.figures, context);
      return [];
    case 'trend':
      return drawTrend(grid, body, trend, picture.hosts(), picture.figures.sla, context);
    case 'backups':
      drawBackups(grid, body, picture.figures.backups(), leaf, context);
      return [];
    case 'onCall':
      drawOnCall(grid, body, picture.figures.onCall(), leaf, context);
      return [];
    default:
      return page satisfies never;
  }
}
