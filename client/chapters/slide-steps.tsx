import { Button, Icon } from '../ui/index.ts';

export interface SlideStepsProps {
  /** Titles of all steps. */
  readonly titles: readonly string[];
  /** From 1. */
  readonly at: number;
  readonly onStep: (step: number) => void;
}

/** Back, the line of all slides, on; which one is shown is also said. */
export function SlideSteps({ titles, at, onStep }: SlideStepsProps) {
  const said = `${at} of ${titles.length}`;
  return (
    <nav className="slide-steps" aria-label="Slides">
      <Button
        icon={<Icon name="out" />}
        disabled={at === 1}
        aria-label="Previous slide"
        title="Left arrow or Page Up"
        onClick={() => onStep(at - 1)}
      >
        <span className="slide-step-word">Back</span>
      </Button>
      <ol>
        {titles.map((title, index) => (
          <li key={stepKey(index)}>
            <button
              type="button"
              data-done={index + 1 <= at}
              aria-current={index + 1 === at ? 'step' : undefined}
              aria-label={`Slide ${index + 1}: ${title}`}
              title={title}
              onClick={() => onStep(index + 1)}
            />
          </li>
        ))}
      </ol>
      <p role="status">
        <span aria-hidden="true">{said}</span>
        <span className="visually-hidden">
          Slide {said}: {titles[at - 1]}
        </span>
      </p>
      <Button
        look="primary"
        disabled={at === titles.length}
        aria-label="Next slide"
        title="Right arrow or Page Down"
        onClick={() => onStep(at + 1)}
      >
        <span className="slide-step-word">Next</span>
        <Icon name="chevron" />
      </Button>
    </nav>
  );
}

const stepKey = (index: number) => `step-${index}`;
