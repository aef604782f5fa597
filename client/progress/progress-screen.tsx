import { useEffect, useState } from 'react';
import { type CourseProgress, isOpenExercise } from '../../protocol/index.ts';
import { byChapter, chapterTitle } from '../course/index.ts';
import { type ProgressStore, useStore } from '../state/index.ts';
import { Button } from '../ui/index.ts';
import { CalibrationCard } from './calibration-card.tsx';
import { ExerciseCard } from './exercise-card.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { TestOutPanel } from './test-out-panel.tsx';
import './progress.css';

export interface ProgressScreenProps {
  readonly progress: ProgressStore;
  readonly onOpen: (slug: string) => void;
}

/** Chapter by chapter what is proven and what is left, beside how well was predicted and what to answer again. */
export function ProgressScreen({ progress: store, onOpen }: ProgressScreenProps) {
  const { progress, answered } = useStore(store.store, (state) => state);
  const [testing, setTesting] = useState<string | null>(null);
  useEffect(() => void store.load(), [store]);
  if (progress === null) return <p className="progress-empty">Reading the progress …</p>;
  const { exercises } = progress;
  const fixed = exercises.filter(({ state }) => state === 'fixed').length;
  return (
    <div className="progress-screen">
      <div className="progress-course">
        <header>
          <h1>
            {fixed} of {exercises.length} proven
          </h1>
          <p className="progress-quiet">{left(exercises)}</p>
        </header>
        {byChapter(exercises).map(([chapter, members]) => (
          <section key={chapter} aria-label={chapterTitle(chapter)}>
            <header className="progress-chapter">
              <h2>{chapterTitle(chapter)}</h2>
              {testing !== chapter && members.some(isOpenExercise) && (
                <Button
                  look="quiet"
                  aria-label={`Test out of ${chapterTitle(chapter)}`}
                  onClick={() => setTesting(chapter)}
                >
                  Test out
                </Button>
              )}
            </header>
            {testing === chapter ? (
              <TestOutPanel
                chapter={chapter}
                onRead={store.readTest}
                onHandIn={store.takeTest}
                onClose={() => setTesting(null)}
              />
            ) : (
              <ul>
                {members.map((exercise) => (
                  <ExerciseCard key={exercise.slug} exercise={exercise} onOpen={() => onOpen(exercise.slug)} />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
      <div className="progress-side">
        <ReviewPanel progress={progress} answered={answered} onReview={store.review} onNext={store.next} />
        <CalibrationCard calibration={progress.calibration} />
      </div>
    </div>
  );
}

function left(exercises: CourseProgress['exercises']): string {
  const open = exercises.filter(isOpenExercise);
  if (open.length === 0) {
    return exercises.every(({ state }) => state === 'fixed')
      ? 'Every fix here is proven by its measurements.'
      : 'Nothing is left; what was skipped or tested out is still here to be done.';
  }
  const minutes = open.reduce((sum, one) => sum + one.minutes, 0);
  return `About ${minutes} minutes are left. A proof is a measurement: what was fixed stays fixed here.`;
}
