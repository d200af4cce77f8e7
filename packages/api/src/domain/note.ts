// What the vendor's people tell each other about a connection. Customers never see it.

export interface Note {
  id: string;
  connectionId: string;
  text: string;
  /** Who wrote it, as in the audit log. */
  author: string;
  createdAt: Date;
}
