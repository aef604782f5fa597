import { useState } from 'react';
import { isOpenExercise } from '../../protocol/index.ts';
import { type CourseStore, useStore } from '../state/index.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Button, Icon } from '../ui/index.ts';
import { SolutionView } from './solution-view.tsx';

export interface LessonEndProps {
  readonly course: CourseStore;
  readonly onReset: (keptAs: string | null) => void;
}

type Asked = 'reset' | 'solution' | null;

/** The big steps at the lesson's end: two ask once, none loses anything. */
export function LessonEnd({ course, onReset }: LessonEndProps) {
  const { exercise, solution } = useStore(course.store, (state) => state);
  const [asked, setAsked] = useState<Asked>(null);
  const untried = exercise?.attempts === 0;
  const reset = async () => {
    setAsked(null);
    const done = await course.reset();
    if (done) onReset(done.keptAs);
  };
  return (
    <footer className="lesson-end">
      <Button onClick={() => (untried ? setAsked('solution') : void course.showSolution())}>Show the solution</Button>
      {solution && <SolutionView solution={solution} onClose={course.hideSolution} />}
      <Button look="quiet" icon={<Icon name="reset" />} onClick={() => setAsked('reset')}>
        Start this exercise over
      </Button>
      {exercise && isOpenExercise(exercise) && (
        <Button look="quiet" onClick={() => void course.skip()}>
          Skip for now
        </Button>
      )}
      {asked === 'reset' && (
        <ConfirmDialog
          title="Start this exercise over?"
          confirm="Start over"
          danger
          onCancel={() => setAsked(null)}
          onConfirm={() => void reset()}
        >
          The files go back to how the exercise starts. Yours are kept aside in the workspace, and the page says where.
        </ConfirmDialog>
      )}
      {asked === 'solution' && (
        <ConfirmDialog
          title="See the solution before trying?"
          confirm="Show it"
          onCancel={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            void course.showSolution();
          }}
        >
          You haven’t saved a fix yet. A hint may be enough; the solution stays here whenever you want it.
        </ConfirmDialog>
      )}
    </footer>
  );
}
