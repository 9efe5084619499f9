/** A storage instance: one of what a charm declares, attached to one unit. */
export interface StorageState {
  /** Such as `data/0`. Numbers are the model's, whatever the name. */
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: 'filesystem' | 'block';
  /** Where it is mounted, or the device; `null` until it has been provisioned. */
  readonly location: string | null;
  /** Whether storage-attached has run. */
  readonly attached: boolean;
}
