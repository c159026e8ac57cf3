using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F1: Psi is the Bregman divergence of the convex function F(r) = (1-gamma)/alpha E_d V_r, and its descent is maximum causal entropy inverse RL.</summary>
internal sealed class ConvexityOfPsi : CompoundStatement
{
    public override string Id => "F1";

    public override string? Equation => null;

    public override string Title => "Psi(r) = F(r) - <mu*,r>/alpha - E_rho*[H(pi*)] with F(r) = (1-gamma)/alpha E_d V_r: convex, and the Bregman divergence of F from r*";

    /// <remarks>
    /// F errs by (1-gamma)/alpha times the half-width, the inner product by the largest reward times the 1-norm error of mu*. The first form holds for the computed pi*; in the second r* is its
    /// reward only up to e, the radius of log pi*, and Psi at r* is then a divergence of at most e instead of 0. Convexity is tried half-way from r to r*, where Psi is 0; Psi answers to the rounding of that
    /// reward with at most 2/alpha.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double alpha = solved.Temperature;
        StateActionTable here = mdp.Reward, there = solved.Scenario.Expert.Mdp.Reward;
        double largest = here.MaxAbs() + there.MaxAbs(), radius = solved.Expert.Certificate.LogPolicyRadius;
        Visitation expert = solved.Imitation.ExpertVisitation;
        CertifiedNumber psi = solved.Psi, f = LogPartition(solved.Candidate), fStar = LogPartition(solved.Expert), entropy = Entropy(solved);
        CertifiedNumber earned = expert.Average(here), difference = expert.Average(here - there);

        SoftSolution middle = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(0.5 * (here + there)), alpha), solved.Candidate.Values);
        CertifiedNumber psiMiddle = solved.Imitation.Psi(middle.Policy, middle.Certificate.LogPolicyRadius), psiStar = solved.Imitation.Psi(solved.Expert.Policy, radius);
        double rewardRounding = 4 * Rounding.Unit * largest / alpha, sums = 4 * Rounding.Unit * (Math.Abs(f.Value) + Math.Abs(fStar.Value) + (largest / alpha));
        return
        [
            Identity.Of(
                psi.Value, f.Value - (earned.Value / alpha) - entropy.Value,
                Rounding.SecondOrder * (psi.ErrorBound + f.ErrorBound + (earned.ErrorBound / alpha) + entropy.ErrorBound + sums)),
            Identity.Of(
                psi.Value, f.Value - fStar.Value - (difference.Value / alpha),
                Rounding.SecondOrder * (psi.ErrorBound + f.ErrorBound + fStar.ErrorBound + (difference.ErrorBound / alpha) + radius + rewardRounding + sums)),
            Identity.Of(
                psiMiddle.Value, psi.Value / 2,
                Rounding.SecondOrder * (psiMiddle.ErrorBound + psi.ErrorBound + psiStar.ErrorBound + rewardRounding + (Rounding.Unit * psi.Value))) with { Relation = Relation.AtMost },
        ];
    }

    /// <remarks>As for Theorem A.1 the first form needs no exact pihat: V misses its backup by a residual, and what is averaged over rho* errs by its bound. The second asks V* for as much. Psi half-way, which is an exact sum of rewards up to rounding, carries the error of its log pi.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<DoubleDouble> problem = literal.CandidateProblem;
        BoundedSolution here = literal.Candidate, there = literal.Expert, middle = literal.Solve(problem with { Reward = literal.Table((s, a) => 0.5 * (problem.Reward[s, a] + there.Problem.Reward[s, a])) });
        DoubleDouble F(BoundedSolution solution) => (1 - literal.Discount) / literal.Temperature * Literal.InitialExpectation(solution.Problem, solution.V);
        DoubleDouble psi = Literal.Psi(problem, there.LogPolicy, here.LogPolicy), psiMiddle = Literal.Psi(problem, there.LogPolicy, middle.LogPolicy);
        DoubleDouble entropy = -literal.InnerProduct(literal.ExpertOccupancy, literal.Table((s, a) => there.LogPolicy[s, a]));
        DoubleDouble earned = literal.InnerProduct(problem.Reward, literal.ExpertOccupancy), difference = literal.InnerProduct(literal.Table((s, a) => problem.Reward[s, a] - there.Problem.Reward[s, a]), literal.ExpertOccupancy);
        double alpha = literal.Temperature.High, size = (here.Size + there.Size) / alpha, averages = size * ((4 * literal.VisitationError) + literal.Rounding(8)), backups = (here.BackupError + there.BackupError) / alpha;
        return
        [
            Identity.Extended(psi, F(here) - (earned / literal.Temperature) - entropy, averages + backups),
            Identity.Extended(psi, F(here) - F(there) - (difference / literal.Temperature), averages + (2 * backups)),
            Identity.Extended(psiMiddle, 0.5 * psi, averages + middle.LogPolicyError + here.LogPolicyError + there.LogPolicyError + literal.Rounding(2 * literal.Horizon * middle.Size / alpha)) with { Relation = Relation.AtMost },
        ];
    }

    /// <summary>F(r) = (1-gamma)/alpha E_d V_r.</summary>
    private static CertifiedNumber LogPartition(SoftSolution solution)
    {
        double factor = (1 - solution.Problem.Mdp.Discount) / solution.Problem.Temperature;
        CertifiedNumber value = RoundingOf.Objective(solution);
        return new CertifiedNumber(factor * value.Value, factor * (value.ErrorBound + (4 * Rounding.Unit * Math.Abs(value.Value))));
    }

    /// <summary>sum_s rho*(s) H(pi*(s)): the entropy of a state is rounded once for each operation on a term, and is at most log A.</summary>
    private static CertifiedNumber Entropy(SolvedScenario solved)
    {
        CertifiedVector rho = solved.Imitation.ExpertVisitation.States;
        Policy expert = solved.Expert.Policy;
        double sum = 0, rounding = 0;
        for (int s = 0; s < rho.Values.Length; s++)
        {
            sum += rho.Values[s] * expert.Entropy(s);
            for (int a = 0; a < expert.Actions; a++)
                if (expert.Probability(s, a) is double p and > 0)
                    rounding += Math.Abs(rho.Values[s]) * p * Math.Abs(expert.LogProbability(s, a)) * (Math.Abs(expert.LogProbability(s, a)) + expert.Actions + expert.States + 4);
        }

        double rows = RoundingOf.RowSumError(expert) * (1 + Math.Log(expert.Actions));
        return new CertifiedNumber(sum, Rounding.SecondOrder * ((rho.ErrorBound * Math.Log(expert.Actions)) + (Rounding.Unit * rounding) + rows));
    }
}
