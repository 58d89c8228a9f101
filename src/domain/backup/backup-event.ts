import type {CustomerId} from '../address.ts';
import type {EpochDay} from '../local-time/civil-date.ts';
import type {SafeText} from '../text.ts';
import type {Instant} from '../time.ts';
import type {BackupPlan, RestoreTestRecord, RunRecord} from './backup-record.ts';
import type {FillSample, ListedPoints} from './repository.ts';

/** A fact about the backups of one object or customer. */
export type BackupEvent =
  | {readonly type: 'backup.expected'; readonly plan: BackupPlan}
  | {
      readonly type: 'backup.reported';
      readonly customer: CustomerId;
      readonly object: SafeText;
      readonly job: SafeText;
      readonly run: RunRecord;
      /** The copies that hold the data now; none when the run is no recovery point. */
      readonly copies: readonly SafeText[];
    }
  | {
      readonly type: 'backup.verified';
      readonly customer: CustomerId;
      readonly object: SafeText;
      readonly copies: readonly SafeText[];
      readonly verifiedAt: Instant;
      readonly ok: boolean;
      readonly errors: number;
      readonly note: SafeText | null;
    }
  /** A tool told what the repository of these copies holds: recovery points, how full it is, or both. */
  | {
      readonly type: 'backup.repositorySeen';
      readonly customer: CustomerId;
      readonly object: SafeText;
      readonly copies: readonly {readonly id: SafeText; readonly points: ListedPoints | null}[];
      readonly fill: FillSample | null;
    }
  | {
      readonly type: 'backup.restoreTested';
      readonly customer: CustomerId;
      readonly object: SafeText;
      readonly test: RestoreTestRecord;
    }
  /** By whom stands in the entry. */
  | {
      readonly type: 'backup.morningChecked';
      readonly customer: CustomerId;
      readonly day: EpochDay;
      readonly by: SafeText;
      readonly note: SafeText | null;
    }
  /** Reports about objects that nobody configured, and of which the customer has too many already: all that is kept of them. */
  | {readonly type: 'backup.leftOut'; readonly customer: CustomerId; readonly reports: number}
  /** No longer configured: its history goes with it, and stays in the log. */
  | {readonly type: 'backup.forgotten'; readonly customer: CustomerId; readonly object: SafeText};
