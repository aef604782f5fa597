/**
 * progress: what the learner has done in the course: the proof of each fix, how well predictions agree with what was measured,
 * and questions that come back. Nothing is decided here: verdicts and dates are the lab's.
 *
 *     <ProgressScreen progress={session.progress} onOpen={(slug) => …} />
 */
export { ProgressScreen, type ProgressScreenProps } from './progress-screen.tsx';
