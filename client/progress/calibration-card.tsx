import type { Calibration } from '../../protocol/index.ts';
import { formatShare } from '../ui/index.ts';

/** How well the learner's predictions agree with what was measured after them. */
export function CalibrationCard({ calibration }: { readonly calibration: Calibration | null }) {
  return (
    <section className="progress-panel" aria-label="Calibration">
      <h2>Calibration</h2>
      {calibration === null ? (
        <p>Predict a frame and its width before you look: here stands how close you come.</p>
      ) : (
        <>
          <p className="progress-score">
            <strong>{Math.round(calibration.score)}</strong> of 100
          </p>
          <p>
            The right frame in {calibration.frames} of {calibration.predictions}
            {calibration.error === null ? '.' : `; its width missed by ${formatShare(calibration.error)} on average.`}
          </p>
          <p className="progress-quiet">
            A prediction counts 100 less two for each percentage point that the width is off; another frame counts 0.
          </p>
        </>
      )}
    </section>
  );
}
