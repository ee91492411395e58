"""The OpenAPI document held against the server by generated requests: no fault, no answer of another shape than it says."""

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance, unsupported_method

from foedus.server.application import create

schema = schemathesis.openapi.from_asgi("/openapi.json", create())


# A name that names nothing is of the right form and gets 404 with the way out, so acceptance is not asked for; nor are methods, which the site leaves to 405 or a page.
@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_the_doors_keep_to_their_document(case: schemathesis.Case) -> None:
    case.call_and_validate(excluded_checks=[positive_data_acceptance, negative_data_rejection, unsupported_method])
