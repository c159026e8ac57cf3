using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>What the bounds of the statements add up to in double-double, by the error model of <see cref="LiteralScenario"/>, counted anew part by part.</summary>
/// <remarks>Errors of solutions, slopes and evaluations are taken as they are. Draws are those of a stream with seed 1.</remarks>
internal sealed class BoundsInDoubleDouble(LiteralScenario literal)
{
    private readonly SplittableRandom _random = new(1);
    private readonly LiteralProblem<DoubleDouble> _problem = literal.CandidateProblem;
    private readonly double _alpha = literal.Temperature.High, _horizon = literal.Horizon;

    // A sum of numbers of size one over states and actions; and the error of an occupancy, which is a sum and an elimination in S unknowns, over 1 - gamma.
    private readonly double _sum = (literal.States + literal.Actions + 8) * LiteralScenario.Unit;
    private readonly double _visitation = literal.Horizon * LiteralScenario.Unit * ((4 * literal.States * literal.States) + literal.States + literal.Actions + 8);

    /// <summary>The bounds of the parts of a statement, in their order.</summary>
    public double[] Of(string id) =>
    [
        .. id switch
        {
            "1" => DiscountedReturn(),
            "3" => PolicyEvaluation(),
            "4" => [(2 * _visitation) + (40 * _sum)],
            "5" => literal.Scenario.Omegas.Select(ResidualDecomposition),
            "7" => PriorInterventionCost(),
            "13" => [2 * _sum * literal.Expert.Size],
            "15" or "16" => [literal.Expert.BackupError + (_sum * literal.Expert.Size)],
            "17" => RewardOfPolicy(),
            "S3.3" => [2 * _sum],
            "4.1" => literal.Scenario.Omegas.SelectMany(Theorem41),
            "5.1" => AlongDirections(Theorem51),
            "S5.1" => ExactResidual(),
            "S5.3" => Enumerable.Repeat(2 * (_visitation + _sum + (LiteralScenario.Unit * literal.Available(literal.LogPrior).Count())), 4),
            "A.1" => TheoremA1(),
            "A.2" => AlongDirections(_ => (2 * LiteralScenario.RowDrift(2 * _sum * literal.Candidate.Size / _alpha) / _alpha) + (8 * _sum / _alpha)),
            "A.3" => AlongDirections(LemmaA3),
            "63" => literal.Directions(_random).SelectMany(NeumannSeries),
            "69" => AlongDirections(ChainRule),
            "A.4" => AlongDirections(LemmaA4),
            "A.5" => [4 * _sum / _alpha],
            "F1" => ConvexityOfPsi(),
            "F2" => HessianOfPsi(),
            "F3" => SmoothnessOfPsi(),
            "F4" => LineCondition(),
            "F5" => MonotoneInKlWeight(),
            "F6" => MatchingTheorem(),
            "F7" => LexicographicLimit(),
            "F8" => ZeroResidual(),
            "F9" => CompositionOfRounds(),
            "F10" => PretrainedOnInterventions(),
            "F11" => literal.Scenario.Omegas.SelectMany(UniformPrior),
            "F12" => TerminationSurplus(),
            "F13" => [TwoNear(_problem with { Temperature = 0 })],
            "F14" => [TwoNear(_problem with { Temperature = 1, Reward = Zero })],
            "F15" => ReturnShortfall(),
            _ => throw new ArgumentException($"found the statement {id}, expected one whose errors are counted here", nameof(id)),
        },
    ];

    private DoubleDouble[,] Zero => new DoubleDouble[literal.States, literal.Actions];

    private IEnumerable<double> DiscountedReturn()
    {
        double paid = LiteralScenario.EvaluationSize(_problem, literal.LogPolicy, Literal.AverageQ(_problem, literal.LogPolicy, _problem.Reward));
        return [literal.Objective(_problem, literal.LogPolicy).Error + (_horizon * paid * (_visitation + (40 * _sum)))];
    }

    private IEnumerable<double> PolicyEvaluation()
    {
        DoubleDouble[] value = Literal.PolicyV(_problem, literal.LogPolicy);
        return [LiteralScenario.Elimination(literal.States, LiteralScenario.Size(value)) + (_sum * LiteralScenario.EvaluationSize(_problem, literal.LogPolicy, value))];
    }

    private double ResidualDecomposition(double scale)
    {
        BoundedSolution residual = literal.Solve(Literal.ResidualQLearning(_problem, literal.LogPrior, literal.ResidualReward, literal.Temperature, scale));
        DoubleDouble[,] reward = Literal.RewardOfPolicy(_problem, literal.LogPrior, literal.Potential), q = Literal.QOfPolicy(_problem, literal.LogPrior, literal.Potential);
        BoundedSolution whole = literal.Solve(_problem with { Reward = literal.Table((s, a) => (scale * reward[s, a]) + literal.ResidualReward[s, a]) });
        double size = residual.Size + whole.Size + (scale * LiteralScenario.Size(q)) + (scale * LiteralScenario.Size(literal.Potential));
        return residual.ValueError + whole.ValueError + (2 * _horizon * _sum * size);
    }

    private IEnumerable<double> PriorInterventionCost()
    {
        DoubleDouble[,] gap = Literal.GapToMode(literal.ExpertProblem, literal.Expert.Q);
        foreach (double threshold in literal.Scenario.Thresholds)
        {
            DoubleDouble[,] stops = Literal.Interventions(gap, threshold), penalty = literal.Table((s, a) => -stops[s, a]);
            foreach (double weight in literal.Scenario.Omegas)
                yield return literal.Objective(Literal.FineTuning(_problem, literal.LogPrior, penalty, weight), literal.LogPrior).Error + (_horizon * (_visitation + (2 * _sum)));
        }
    }

    private IEnumerable<double> RewardOfPolicy()
    {
        BoundedSolution back = literal.Solve(_problem with { Reward = Literal.RewardOfPolicy(_problem, literal.LogPrior, literal.Potential) });
        double inReward = _horizon * 2 * _sum * back.Size;
        return [back.ValueError + inReward, back.LogPolicyError + (2 * inReward / _alpha)];
    }

    private IEnumerable<double> Theorem41(double weight)
    {
        BoundedSolution tuned = Tuned(literal.LogPrior, literal.ResidualReward, weight);
        foreach (DoubleDouble[,] policy in new[] { tuned.LogPolicy, literal.LogPolicy, literal.LogPrior, literal.Expert.LogPolicy })
        {
            (DoubleDouble[] value, double error) = literal.PolicyValue(tuned.Problem, policy);
            yield return error + tuned.ValueError + (_sum * (LiteralScenario.Size(value) + tuned.Size));
        }
    }

    private double Theorem51(DoubleDouble[,] direction)
    {
        BoundedSlope slope = new(literal, direction);
        double right = literal.Drift(literal.Candidate.LogPolicyError) + (2 * _visitation) + (2 * _sum);
        return slope.LogPolicyError + (LiteralScenario.Size(slope.LogPolicy) * (_visitation + _sum)) + (right / _alpha);
    }

    private IEnumerable<double> ExactResidual()
    {
        DoubleDouble[,] residual = Literal.RewardOfPolicy(_problem with { LogBase = literal.LogPrior }, literal.Expert.LogPolicy, Array.ConvertAll(literal.Potential, x => -x));
        BoundedSolution tuned = Tuned(literal.LogPrior, residual, literal.Temperature);
        return [tuned.LogPolicyError + (8 * _horizon * _sum * tuned.Size / _alpha)];
    }

    private IEnumerable<double> TheoremA1()
    {
        (DoubleDouble[] value, double error) = literal.PolicyValue(_problem, literal.Expert.LogPolicy);
        double missed = Enumerable.Range(0, literal.States).Max(s => (literal.Candidate.V[s] - value[s]).Magnitude), size = LiteralScenario.Size(value) + LiteralScenario.Size(literal.Candidate.V);
        double perState = literal.Available((s, a) => literal.Candidate.LogPolicy[s, a] - literal.Expert.LogPolicy[s, a]).Max(x => x.Magnitude) * _alpha;
        double visitation = _horizon * (LiteralScenario.Elimination(literal.States, missed) + (_sum * (missed + perState)));
        return [error + (_horizon * literal.Candidate.BackupError) + visitation + (_sum * size)];
    }

    private double LemmaA3(DoubleDouble[,] direction)
    {
        (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
        return new BoundedSlope(literal, direction).QError + error + (LiteralScenario.Size(image) * literal.Drift(literal.Candidate.LogPolicyError));
    }

    private IEnumerable<double> NeumannSeries(DoubleDouble[,] direction)
    {
        (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
        DoubleDouble[,] rest = direction;
        foreach (int _ in Enumerable.Range(0, 20)) rest = Literal.Step(_problem, literal.Candidate.LogPolicy, rest);
        return [error + literal.Jacobian(rest).Error + (20 * _sum * (_horizon + LiteralScenario.Size(image))), 20 * _sum];
    }

    private double ChainRule(DoubleDouble[,] direction)
    {
        (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
        return 2 / _alpha * (_visitation + _sum + error + (LiteralScenario.Size(image) * (_visitation + _sum)));
    }

    private double LemmaA4(DoubleDouble[,] direction)
    {
        (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
        return _visitation + (2 * _sum) + (error / _horizon) + (2 * _sum * LiteralScenario.Size(image) / _horizon);
    }

    private IEnumerable<double> ConvexityOfPsi()
    {
        BoundedSolution here = literal.Candidate, there = literal.Expert;
        BoundedSolution middle = literal.Solve(_problem with { Reward = literal.Table((s, a) => 0.5 * (_problem.Reward[s, a] + there.Problem.Reward[s, a])) });
        double averages = ((4 * _visitation) + (8 * _sum)) * (here.Size + there.Size) / _alpha, backups = (here.BackupError + there.BackupError) / _alpha;
        yield return averages + backups;
        yield return averages + backups + backups;
        yield return averages + middle.LogPolicyError + here.LogPolicyError + there.LogPolicyError + (2 * _horizon * _sum * middle.Size / _alpha);
    }

    private IEnumerable<double> HessianOfPsi()
    {
        BoundedSlope[] slopes = [.. literal.Directions(_random).Select(x => new BoundedSlope(literal, x))];
        foreach (BoundedSlope along in slopes)
        {
            foreach (BoundedSlope other in slopes)
            {
                double x = LiteralScenario.Size(along.LogPolicy), y = LiteralScenario.Size(other.LogPolicy), moved = 4 * _horizon * x;
                double ofMoved = _horizon * ((6 * _horizon * along.RowDrift * x) + (2 * along.LogPolicyError) + LiteralScenario.Elimination(literal.States, moved) + (_sum * moved));
                double mass = _visitation + literal.Drift(literal.Candidate.LogPolicyError) + (2 * _sum);
                yield return (ofMoved / _alpha) + (x * y * mass) + (x * other.LogPolicyError) + (y * along.LogPolicyError);
            }
        }
    }

    private IEnumerable<double> SmoothnessOfPsi()
    {
        DoubleDouble[,] phi = Draw(), expert = literal.Expert.LogPolicy;
        BoundedSolution candidate = literal.Candidate;
        double drift = literal.Drift(candidate.LogPolicyError);
        (DoubleDouble psi, double psiError) = literal.Psi(expert, candidate.LogPolicy, candidate.LogPolicyError);
        DoubleDouble surplus = literal.InnerProduct(phi, literal.CandidateOccupancy) - literal.InnerProduct(phi, literal.ExpertOccupancy);
        BoundedSlope slope = new(literal, phi);
        double advantage = _alpha * LiteralScenario.Size(slope.LogPolicy), error = _alpha * slope.LogPolicyError;
        yield return ((_visitation + drift + (2 * _sum)) * ((advantage * advantage) + _horizon)) + (2 * error * advantage) + (error * error);
        foreach (double step in new[] { _alpha * Math.Max(4 / _horizon * surplus.High, 0.01), _alpha * Math.Pow(10, _random.NextDouble(-2, 1)) })
        {
            BoundedSolution moved = literal.Solve(_problem with { Reward = literal.Table((s, a) => _problem.Reward[s, a] - (step * phi[s, a])) });
            (DoubleDouble psiMoved, double movedError) = literal.Psi(expert, moved.LogPolicy, moved.LogPolicyError);
            double ratio = step / _alpha, most = Math.Abs((ratio * ratio * _horizon / 8) - (ratio * surplus.ToDouble()));
            yield return psiError + movedError + (ratio * (drift + (2 * _visitation) + (2 * _sum))) + (_sum * ((2 * moved.Size / _alpha) + psi.ToDouble() + psiMoved.ToDouble() + (2 * most)));
        }
    }

    private IEnumerable<double> LineCondition()
    {
        DoubleDouble[,] phi = Draw();
        double[] steps = [0, 0.3, 1, 3];
        double expert = _visitation + _sum;
        ((DoubleDouble Value, double Error) Psi, double Rate)[] points = [.. steps.Select(step =>
        {
            BoundedSolution tuned = Tuned(literal.LogPrior, literal.Table((s, a) => -step * literal.Temperature * phi[s, a]), literal.Temperature);
            double logError = tuned.LogPolicyError + (2 * _horizon * _sum * tuned.Size / _alpha);
            return (literal.Psi(literal.Expert.LogPolicy, tuned.LogPolicy, logError), _visitation + _sum + literal.Drift(logError));
        })];
        for (int i = 0; i < steps.Length; i++)
        {
            for (int j = i + 1; j < steps.Length; j++)
            {
                double width = steps[j] - steps[i], rates = points[i].Rate + points[j].Rate;
                double bound = points[i].Psi.Error + points[j].Psi.Error + (width * (rates + expert)) + (_sum * (points[i].Psi.Value + points[j].Psi.Value + width).ToDouble());
                yield return bound;
                yield return bound;
                yield return rates;
            }
        }
    }

    private IEnumerable<double> MonotoneInKlWeight()
    {
        DoubleDouble[,] mode = Literal.HardPolicy(literal.ExpertProblem, literal.Expert.Q), stops = Literal.Interventions(Literal.GapToMode(literal.ExpertProblem, literal.Expert.Q), literal.Scenario.Thresholds[0]);
        foreach (DoubleDouble[,] table in new[] { Draw(), stops })
        {
            DoubleDouble[,] penalty = literal.Table((s, a) => double.IsNegativeInfinity(mode[s, a].High) ? -table[s, a] : 0);
            BoundedSolution[] tuned = [.. new[] { 0.03, 0.2, 1, 5 }.Select(weight => Tuned(literal.LogPrior, penalty, weight))];
            double[] errors = [.. tuned.Select(x => literal.Psi(mode, x.LogPolicy, x.LogPolicyError).Error), literal.Psi(mode, literal.LogPrior, 0).Error];
            for (int i = 1; i < errors.Length; i++) yield return errors[i - 1] + errors[i];
        }
    }

    private IEnumerable<double> MatchingTheorem()
    {
        DoubleDouble[,] phi = Theory.MatchingTheorem.Supervisor(literal, _random);
        Theory.MatchingTheorem.LiteralPoint root = Theory.MatchingTheorem.Meeting(literal, phi);
        double mismatch = (root.Rate.Value - literal.InnerProduct(phi, literal.ExpertOccupancy)).Magnitude + root.Rate.Error + _visitation + _sum;
        foreach (DoubleDouble step in new[] { 0, root.Step * 0.5, (2 * root.Step) + 0.1 })
        {
            BoundedSolution tuned = Tuned(literal.LogPrior, literal.Table((s, a) => -step * phi[s, a]), 1);
            double psi = literal.Psi(literal.Expert.LogPolicy, tuned.LogPolicy, tuned.LogPolicyError + (2 * _horizon * _sum * tuned.Size)).Error;
            yield return (mismatch * (step - root.Step).Magnitude) + root.Psi.Error + psi;
        }
    }

    private IEnumerable<double> LexicographicLimit()
    {
        DoubleDouble[,] phi = LiteralScenario.Table(Theory.LexicographicLimit.WithFreeActions(literal.Scenario.Mdp, _random)), penalty = literal.Table((s, a) => -phi[s, a]);
        BoundedSolution limit = Tuned(literal.Table((s, a) => phi[s, a] == 0 ? literal.LogPrior[s, a] : double.NegativeInfinity), Zero, 1);
        double least = literal.Available(phi).Where(x => x > 0).Min().High, cost = limit.V.Max(v => -v.High);
        foreach (double digits in new[] { Math.Log(1e3), Math.Log(1e15) })
        {
            BoundedSolution tuned = Tuned(literal.LogPrior, penalty, least / (digits + cost));
            double rate = _horizon * Enumerable.Range(0, literal.States).Max(s =>
                Enumerable.Range(0, literal.Actions).Where(a => phi[s, a] > 0).Sum(a => Math.Exp(literal.LogPrior[s, a].High)) * Math.Exp(-limit.V[s].High - (digits + cost)));
            double ofRate = 2 * rate * (limit.ValueError + (_sum * (digits + cost + limit.Size)));
            yield return tuned.LogPolicyError + limit.LogPolicyError + ofRate + (2 * _horizon * _sum * (limit.Size + 1));
        }

        // The tie rule leaves the actions that are never stopped: the same problem once more.
        yield return limit.LogPolicyError + limit.LogPolicyError;
    }

    private IEnumerable<double> ZeroResidual()
    {
        LiteralProblem<DoubleDouble> truncating = Literal.FineTuning(_problem, literal.LogPrior, Zero, literal.Temperature);
        foreach (LiteralProblem<DoubleDouble> problem in new[] { truncating, Literal.Terminating(truncating, Draw()) })
        {
            BoundedSolution tuned = literal.Solve(problem);
            yield return tuned.LogPolicyError + (4 * _horizon * SumOf(problem) * tuned.Size / _alpha);
        }

        yield return literal.Objective(truncating, literal.LogPolicy).Error;
    }

    private IEnumerable<double> CompositionOfRounds()
    {
        DoubleDouble[,] first = literal.ResidualReward, second = LiteralScenario.Table(-Supervisors.Random(literal.Scenario.Mdp, _random));
        double Bound(DoubleDouble[][,] rewards, BoundedSolution once, double weight)
        {
            DoubleDouble[,] policy = literal.LogPrior;
            List<double> errors = [];
            foreach (BoundedSolution tuned in rewards.Select(reward => Tuned(policy, reward, literal.Temperature)))
            {
                policy = tuned.LogPolicy;
                errors.Add(tuned.LogPolicyError);
            }

            // Every round but the last is an error of the prior of the next.
            return errors[^1] + once.LogPolicyError + (2 * _horizon * (errors.SkipLast(1).Sum() + (2 * _sum * once.Size / weight)));
        }

        yield return Bound([first, second], Tuned(literal.LogPrior, literal.Table((s, a) => first[s, a] + second[s, a]), literal.Temperature), _alpha);
        yield return Bound([first, first, first], Tuned(literal.LogPrior, first, literal.Temperature / 3), _alpha / 3);
    }

    private IEnumerable<double> PretrainedOnInterventions()
    {
        DoubleDouble[,] residual = LiteralScenario.Table(-Supervisors.Random(literal.Scenario.Mdp, _random));
        BoundedSolution pretrained = Tuned(literal.LogUniform, residual, literal.Temperature);
        foreach (DoubleDouble weight in literal.Scenario.Omegas)
        {
            DoubleDouble lower = weight * literal.Temperature / (weight + literal.Temperature);
            BoundedSolution direct = Tuned(literal.LogUniform, residual, lower);
            yield return Tuned(pretrained.LogPolicy, residual, weight).LogPolicyError + direct.LogPolicyError + (2 * _horizon * (pretrained.LogPolicyError + (2 * _sum * direct.Size / lower.High)));
        }
    }

    private IEnumerable<double> UniformPrior(double weight)
    {
        DoubleDouble[] rewards = [.. literal.Available(literal.ResidualReward)];
        BoundedSolution tuned = Tuned(literal.LogPrior, literal.ResidualReward, weight);
        double most = (rewards.Max() - rewards.Min()).High / weight * _horizon;
        foreach (int _ in Enumerable.Range(0, literal.States)) yield return (2 * tuned.LogPolicyError) + (2 * _sum * ((tuned.Size / weight) + most));

        BoundedSolution uniform = Tuned(literal.LogUniform, literal.ResidualReward, weight), entropic = literal.Solve(_problem with
        {
            Temperature = weight,
            Reward = literal.Table((s, a) => literal.ResidualReward[s, a] + (weight * literal.LogUniform[s, a])),
        });
        yield return uniform.LogPolicyError + entropic.LogPolicyError + (4 * _horizon * _sum * (uniform.Size + entropic.Size) / weight);
    }

    private IEnumerable<double> TerminationSurplus()
    {
        DoubleDouble[,] phi = Draw();
        foreach (double surplus in new[] { 0.5, -0.2 })
        {
            DoubleDouble level = surplus * literal.Temperature / (1 - literal.Discount);
            LiteralProblem<DoubleDouble> raised = Literal.FineTuning(_problem, literal.Table((s, a) => literal.LogPrior[s, a] + surplus), Zero, literal.Temperature), ending = Literal.Terminating(raised, phi);
            BoundedSolution truncated = literal.Solve(raised), terminated = literal.Solve(ending), penalised = literal.Solve(ending with
            {
                LogBase = Literal.WithLastState(literal.LogPrior, double.NegativeInfinity),
                Reward = Literal.WithLastState(literal.Table((s, a) => -literal.Discount * level * phi[s, a]), 0),
            });
            double error = 2 * _horizon * ((_sum * truncated.Size) + (SumOf(ending) * (terminated.Size + penalised.Size)));
            yield return truncated.ValueError + error;
            yield return truncated.LogPolicyError + (2 * error / _alpha);
            yield return terminated.ValueError + penalised.ValueError + error;
            yield return terminated.LogPolicyError + penalised.LogPolicyError + (2 * error / _alpha);
        }
    }

    private IEnumerable<double> ReturnShortfall()
    {
        LiteralProblem<DoubleDouble> task = literal.ExpertProblem with { Temperature = 0 };
        (DoubleDouble[] value, double valueError) = literal.PolicyValue(task, literal.LogPolicy);
        (DoubleDouble expert, double expertError) = literal.Objective(task, literal.Expert.LogPolicy);
        (DoubleDouble psi, double psiError) = literal.Psi(literal.Expert.LogPolicy, literal.LogPolicy, 0);
        DoubleDouble[,] q = Literal.Q(task, value);
        double size = LiteralScenario.Size(value) + LiteralScenario.Size(task.Reward), error = expertError + valueError + (3 * _sum * size);
        double difference = Math.Abs((expert - Literal.InitialExpectation(task, value)).ToDouble()) / _horizon;
        double[] spreads = [.. Enumerable.Range(0, literal.States).Select(s =>
        {
            DoubleDouble[] row = [.. Enumerable.Range(0, literal.Actions).Where(a => literal.IsAvailable(s, a)).Select(a => q[s, a])];
            return (row.Max() - row.Min()).ToDouble();
        })];
        double spread = spreads.Max() + (2 * valueError) + (2 * _sum * size), promise = spread * spread * (psi.ToDouble() + psiError) / 2;
        return [(2 * difference * error) + (error * error) + (_sum * promise)];
    }

    private IEnumerable<double> AlongDirections(Func<DoubleDouble[,], double> bound) => literal.Directions(_random).Select(bound);

    /// <summary>Two evaluations near the optimum, at the temperature given and at twice the candidate's.</summary>
    private double TwoNear(LiteralProblem<DoubleDouble> problem) => new[] { literal.Candidate, literal.Solve(_problem with { Temperature = 2 * literal.Temperature }) }
        .Sum(solution => literal.ObjectiveNear(problem, solution.LogPolicy, solution.LogPolicyError).Error);

    private static double SumOf(LiteralProblem<DoubleDouble> problem) => (problem.States + problem.Actions + 8) * LiteralScenario.Unit;

    private DoubleDouble[,] Draw() => LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, _random));

    private BoundedSolution Tuned(DoubleDouble[,] logPrior, DoubleDouble[,] reward, DoubleDouble weight) => literal.FineTune(logPrior, reward, weight);
}
