using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A statement that can be checked on a scenario: of the paper, of its critics, or of your own.</summary>
/// <remarks>
/// Hypotheses (<see cref="Applies"/>), and two sides with their relation and the gap that rounding allows (<see cref="Check"/>). The <see cref="Ledger"/> checks that
/// statements hold; a <see cref="CounterexampleSearch"/> looks for a scenario on which one does not. Implementations hold no state: they are called from any thread.
/// </remarks>
public abstract class Statement
{
    /// <summary>Its number in the paper, of the theorem, lemma or equation, F1 to F15 for the facts beyond it, or a name.</summary>
    public abstract string Id { get; }

    /// <summary>The equations it checks, or null.</summary>
    public virtual string? Equation => null;

    /// <summary>What it says, in one line.</summary>
    public abstract string Title { get; }

    /// <summary>The one scenario that it is about, or null where it is about all that meet its hypotheses.</summary>
    public virtual Scenario? Subject => null;

    /// <summary>Whether a scenario meets the hypotheses, with certainty: where rounding leaves a doubt it does not. Default: every scenario does.</summary>
    /// <param name="solved">The scenario.</param>
    public virtual bool Applies(SolvedScenario solved) => true;

    /// <summary>Checks the statement.</summary>
    /// <param name="solved">A scenario that meets the hypotheses.</param>
    /// <param name="random">For directions and competitors.</param>
    /// <returns>Both sides, and the gap that rounding allows.</returns>
    public abstract Identity Check(SolvedScenario solved, SplittableRandom random);

    /// <summary>Checks the statement in double-double on the literal path, which has no code in common with the solvers; null where it is not written for that.</summary>
    /// <param name="literal">A scenario that meets the hypotheses.</param>
    /// <param name="random">For directions and competitors.</param>
    /// <returns>Both sides with 31 digits and the gap that rounding allows; null where it is not written for that.</returns>
    public virtual Identity? CheckExtended(LiteralScenario literal, SplittableRandom random) => null;

    /// <summary>All statements that hold: those of the paper in its order, the facts beyond it, and the numbers of the counterexamples.</summary>
    public static IReadOnlyList<Statement> All => Listed.All;

    // Apart from the class itself, whose initialisation a statement in the list may wait for.
    private static class Listed
    {
        internal static IReadOnlyList<Statement> All { get; } =
        [
            new DiscountedReturn(), new PolicyEvaluation(), new VisitationRecursion(), new ResidualDecomposition(), new PriorInterventionCost(), new SoftBellmanEquations(),
            new RewardOfQ(), new QOfPolicy(), new RewardOfPolicy(), new OccupancyOfPolicy(), new Theorem41(), new Theorem51(), new ExactResidual(), new BestInterventions(),
            new TheoremA1(), new LemmaA2(), new LemmaA3(), new NeumannSeries(), new ChainRule(), new LemmaA4(), new LemmaA5(),
            new ConvexityOfPsi(), new HessianOfPsi(), new SmoothnessOfPsi(), new LineCondition(), new MonotoneInKlWeight(), new MatchingTheorem(),
            new LexicographicLimit(), new ZeroResidual(), new CompositionOfRounds(), new PretrainedOnInterventions(), new UniformPrior(), new TerminationSurplus(),
            new ReturnFallsWithTemperature(), new EntropyRisesWithTemperature(), new ReturnShortfall(), .. Counterexample.Known,
        ];
    }
}
