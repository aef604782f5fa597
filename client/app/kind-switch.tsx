import { PROFILE_VIEWS, type ProfilesStore, type ProfileViewId } from '../state/index.ts';
import { Segmented } from '../ui/index.ts';

export interface KindSwitchProps {
  readonly profiles: ProfilesStore;
  readonly view: ProfileViewId;
}

const OPTIONS = PROFILE_VIEWS.map(({ id, title, says }) => ({ value: id, label: title, title: says }));

/** Which instrument: choosing a wrong one is part of learning, so all are always there. */
export function KindSwitch({ profiles, view }: KindSwitchProps) {
  return (
    <div className="kind-switch">
      <Segmented label="Instrument" options={OPTIONS} value={view} onChange={profiles.setView} />
    </div>
  );
}
