using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A statement, of the paper or beyond it, that can be checked on a scenario.</summary>
public abstract class Statement
{
    /// <summary>Its number in the paper, of the theorem, lemma or equation; F1 to F12 for the facts beyond it.</summary>
    public abstract string Id { get; }

    /// <summary>The equations it checks, or null.</summary>
    public abstract string? Equation { get; }

    /// <summary>What it says, in one line.</summary>
    public abstract string Title { get; }

    /// <summary>Checks the statement.</summary>
    /// <param name="solved">The scenario.</param>
    /// <param name="random">For directions and competitors.</param>
    public abstract Identity Check(SolvedScenario solved, SplittableRandom random);

    /// <summary>All statements: those of the paper in its order, then the facts beyond it.</summary>
    public static IReadOnlyList<Statement> All { get; } =
    [
        new DiscountedReturn(), new PolicyEvaluation(), new VisitationRecursion(), new ResidualDecomposition(), new PriorInterventionCost(), new SoftBellmanEquations(),
        new RewardOfQ(), new QOfPolicy(), new RewardOfPolicy(), new OccupancyOfPolicy(), new Theorem41(), new Theorem51(), new ExactResidual(), new BestInterventions(),
        new TheoremA1(), new LemmaA2(), new LemmaA3(), new NeumannSeries(), new ChainRule(), new LemmaA4(), new LemmaA5(),
        new ConvexityOfPsi(), new HessianOfPsi(), new SmoothnessOfPsi(), new LineCondition(), new MonotoneInKlWeight(), new MatchingTheorem(),
        new LexicographicLimit(), new ZeroResidual(), new CompositionOfRounds(), new PretrainedOnInterventions(), new UniformPrior(), new TerminationSurplus(),
    ];
}
