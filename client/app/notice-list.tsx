import { type Notices, useStore } from '../state/index.ts';
import { Icon, IconButton } from '../ui/index.ts';

/** Short messages in the corner: what an action did, or why it failed. */
export function NoticeList({ notices }: { readonly notices: Notices }) {
  const list = useStore(notices.store, (state) => state.notices);
  return (
    <section className="notices" aria-label="Messages" aria-live="polite">
      {list.map((notice) => (
        <div key={notice.id} className="notice" data-tone={notice.tone}>
          <Icon name={notice.tone === 'problem' ? 'alert' : 'check'} />
          <p>{notice.text}</p>
          <IconButton icon="close" label="Dismiss" onClick={() => notices.dismiss(notice.id)} />
        </div>
      ))}
    </section>
  );
}
