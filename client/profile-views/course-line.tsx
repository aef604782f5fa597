import { formatClock, formatValue } from '../ui/index.ts';
import { sparklinePath } from './model/sparkline.ts';

export interface CourseLineProps {
  readonly points: readonly number[];
  /** Unix milliseconds, one for each point. */
  readonly times: readonly number[];
  readonly unit: string;
}

const WIDTH = 88;
const HEIGHT = 16;

/** A value in the course of time, on its own scale from 0; its ends and its largest value are said in words. */
export function CourseLine({ points, times, unit }: CourseLineProps) {
  const path = sparklinePath(points, WIDTH, HEIGHT - 2);
  if (path === '') return <span title="Too few windows for a course">–</span>;
  return (
    <svg
      className="course-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={wordsFor({ points, times, unit })}
    >
      <title>{wordsFor({ points, times, unit })}</title>
      <path className="course-ground" d={`M0,${HEIGHT - 1} H${WIDTH}`} />
      <path className="course-value" d={path} transform="translate(0 1)" />
    </svg>
  );
}

function wordsFor({ points, times, unit }: CourseLineProps): string {
  const say = (value: number | undefined) => formatValue(value ?? 0, unit);
  const clock = (at: number | undefined) => formatClock(at ?? 0);
  return `${say(points[0])} a profile at ${clock(times[0])}, ${say(points.at(-1))} at ${clock(times.at(-1))}, at most ${say(Math.max(...points))}`;
}
